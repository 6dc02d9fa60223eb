package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The binary form of numeric, as {@code numeric_send} makes it: four shorts (number of groups, weight
 * of the first group, sign, display scale), then groups of four decimal digits without zero groups at
 * either end.
 */
final class NumericBinary {
    private static final int HEADER = 8;
    private static final int BASE = 10_000;
    private static final int NEGATIVE = 0x4000;
    private static final int MAX_DISPLAY_SCALE = 0x3fff;

    /** Far beyond every cached column, and small enough to compute with. */
    private static final int MAX_GROUPS = 32;

    private NumericBinary() {}

    static void write(long value, int scale, ByteBuf out) {
        if (value == 0) {
            out.writeLong(scale);
            return;
        }
        // Negative, for the smallest long has no positive twin.
        long rest = value > 0 ? -value : value;
        int digits = rest == Long.MIN_VALUE ? 19 : Digits.count(-rest);
        int weight = Math.floorDiv(digits - 1 - scale, 4);
        int lowest = -((scale + 3) / 4);
        int partial = scale & 3;
        long unit = partial == 0 ? BASE : Digits.POWERS[partial];
        int group = (int) (-(rest % unit) * (BASE / unit));
        rest /= unit;
        while (group == 0) {
            lowest++;
            group = (int) -(rest % BASE);
            rest /= BASE;
        }
        int groups = weight - lowest + 1;
        out.ensureWritable(HEADER + 2 * groups);
        int sign = value < 0 ? NEGATIVE : 0;
        out.writeLong((long) groups << 48 | (weight & 0xffffL) << 32 | (long) sign << 16 | scale);
        int start = out.writerIndex();
        int index = start + 2 * groups;
        out.writerIndex(index);
        while (index > start) {
            index -= 2;
            out.setShort(index, group);
            group = (int) -(rest % BASE);
            rest /= BASE;
        }
    }

    /** Reads the value times 10^scale; no garbage for a value that fits. */
    static long read(ByteBuf in, int length, int scale) {
        int start = in.readerIndex();
        int groups = groups(in, length);
        // Negative, for the smallest long has no positive twin.
        long value = 0;
        int exponent = 4 * (in.getShort(start + 2) + 1) + scale;
        try {
            for (int i = 0; i < groups; i++) {
                exponent -= 4;
                value = append(value, group(in, start, i), exponent);
            }
            if (value != 0 && exponent > 0) {
                value = Math.multiplyExact(value, power(exponent));
            }
            requireVisible(value, scale - in.getShort(start + 6));
            value = in.getShort(start + 4) == 0 ? Math.negateExact(value) : value;
        } catch (ArithmeticException e) {
            throw new NotExactException("a numeric too large for a long");
        }
        in.skipBytes(length);
        return value;
    }

    /** Reads the value with its display scale. */
    static BigDecimal readDecimal(ByteBuf in, int length) {
        int start = in.readerIndex();
        int groups = groups(in, length);
        int weight = in.getShort(start + 2);
        if (groups > MAX_GROUPS || Math.abs(weight) > MAX_GROUPS) {
            throw new NotExactException("a numeric with very many digits");
        }
        BigInteger digits = BigInteger.ZERO;
        for (int i = 0; i < groups; i++) {
            digits = digits.multiply(BigInteger.valueOf(BASE)).add(BigInteger.valueOf(group(in, start, i)));
        }
        BigInteger signed = in.getShort(start + 4) == 0 ? digits : digits.negate();
        BigDecimal value = new BigDecimal(signed, 4 * (groups - 1 - weight));
        int scale = in.getShort(start + 6);
        in.skipBytes(length);
        try {
            return value.setScale(scale);
        } catch (ArithmeticException e) {
            throw new NotExactException("a numeric with digits beyond its scale");
        }
    }

    /** Checks the header and returns the number of groups. */
    private static int groups(ByteBuf in, int length) {
        if (length < HEADER) {
            throw new NotExactException("a numeric without header");
        }
        int start = in.readerIndex();
        int groups = in.getUnsignedShort(start);
        if (length != HEADER + 2 * groups) {
            throw new NotExactException("a numeric of the wrong length");
        }
        int sign = in.getUnsignedShort(start + 4);
        if (sign != 0 && sign != NEGATIVE) {
            throw new NotExactException("a numeric that is not finite");
        }
        if (in.getUnsignedShort(start + 6) > MAX_DISPLAY_SCALE) {
            throw new NotExactException("a numeric with an unknown scale");
        }
        return groups;
    }

    private static int group(ByteBuf in, int start, int number) {
        int group = in.getUnsignedShort(start + HEADER + 2 * number);
        if (group >= BASE) {
            throw new NotExactException("a numeric with an invalid digit");
        }
        return group;
    }

    /** Appends a group of digits whose last one counts 10^exponent. */
    private static long append(long value, int group, int exponent) {
        if (exponent >= 0) {
            return Math.subtractExact(Math.multiplyExact(value, BASE), group);
        }
        if (exponent <= -4) {
            requireVisible(group, 4);
            return value;
        }
        requireVisible(group, -exponent);
        int unit = (int) Digits.POWERS[-exponent];
        return Math.subtractExact(Math.multiplyExact(value, BASE / unit), group / unit);
    }

    private static long power(int exponent) {
        if (exponent >= Digits.POWERS.length) {
            throw new NotExactException("a numeric too large for a long");
        }
        return Digits.POWERS[exponent];
    }

    /** Checks that the last {@code hidden} digits, which the scale has no place for, are zeros. */
    private static void requireVisible(long digits, int hidden) {
        if (hidden > 0 && digits % Digits.POWERS[hidden] != 0) {
            throw new NotExactException("a numeric with digits beyond its scale");
        }
    }
}
