package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The binary form of numeric, as {@code numeric_send} makes it: four shorts (number of groups, weight
 * of the first group, sign, display scale), then groups of four decimal digits without zero groups at
 * either end.
 */
public final class NumericBinary {
    private static final int HEADER = 8;
    private static final int BASE = 10_000;
    private static final int NEGATIVE = 0x4000;
    private static final int MAX_DISPLAY_SCALE = 0x3fff;

    /** Far beyond every cached column, and small enough to compute with. */
    private static final int MAX_GROUPS = 32;

    private NumericBinary() {}

    public static void write(long value, int scale, ByteBuf out) {
        if (value == 0) {
            out.writeLong(scale);
            return;
        }
        // Negative, for the smallest long has no positive twin.
        long rest;
        if (value > 0) {
            rest = -value;
        } else {
            rest = value;
        }
        int digits;
        if (rest == Long.MIN_VALUE) {
            digits = 19;
        } else {
            digits = Digits.count(-rest);
        }
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
        int sign;
        if (value < 0) {
            sign = NEGATIVE;
        } else {
            sign = 0;
        }
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
    public static long read(ByteBuf in, int length, int scale) {
        int start = in.readerIndex();
        long header = header(in, length);
        int end = start + length;
        // Negative, for the smallest long has no positive twin.
        long value = 0;
        int exponent = 4 * (weight(header) + 1) + scale;
        try {
            for (int index = start + HEADER; index < end; index += 2) {
                exponent -= 4;
                value = append(value, group(in, index), exponent);
            }
            if (value != 0 && exponent > 0) {
                value = Math.multiplyExact(value, power(exponent));
            }
            int displayScale = displayScale(header);
            if (displayScale < scale && value % Digits.POWERS[scale - displayScale] != 0) {
                throw new NotExactException("a numeric with digits beyond its scale");
            }
            if (!isNegative(header)) {
                value = Math.negateExact(value);
            }
        } catch (ArithmeticException e) {
            throw new NotExactException("a numeric too large for a long");
        }
        in.readerIndex(end);
        return value;
    }

    /** Reads the value with its display scale. */
    public static BigDecimal readDecimal(ByteBuf in, int length) {
        int start = in.readerIndex();
        long header = header(in, length);
        int groups = groups(header);
        int weight = weight(header);
        if (groups > MAX_GROUPS || Math.abs(weight) > MAX_GROUPS) {
            throw new NotExactException("a numeric with very many digits");
        }
        BigInteger digits = BigInteger.ZERO;
        for (int i = 0; i < groups; i++) {
            int group = group(in, start + HEADER + 2 * i);
            digits = digits.multiply(BigInteger.valueOf(BASE)).add(BigInteger.valueOf(group));
        }
        BigInteger signed;
        if (isNegative(header)) {
            signed = digits.negate();
        } else {
            signed = digits;
        }
        in.skipBytes(length);
        try {
            return new BigDecimal(signed, 4 * (groups - 1 - weight)).setScale(displayScale(header));
        } catch (ArithmeticException e) {
            throw new NotExactException("a numeric with digits beyond its scale");
        }
    }

    /** The four shorts of the header, after their checks. */
    private static long header(ByteBuf in, int length) {
        if (length < HEADER) {
            throw new NotExactException("a numeric without header");
        }
        long header = in.getLong(in.readerIndex());
        if (length != HEADER + 2 * groups(header)) {
            throw new NotExactException("a numeric of the wrong length");
        }
        int sign = (int) (header >> 16) & 0xffff;
        if (sign != 0 && sign != NEGATIVE) {
            throw new NotExactException("a numeric that is not finite");
        }
        if (displayScale(header) > MAX_DISPLAY_SCALE) {
            throw new NotExactException("a numeric with an unknown scale");
        }
        return header;
    }

    private static int groups(long header) {
        return (int) (header >>> 48);
    }

    private static int weight(long header) {
        return (short) (header >> 32);
    }

    private static boolean isNegative(long header) {
        return (header & NEGATIVE << 16) != 0;
    }

    private static int displayScale(long header) {
        return (int) header & 0xffff;
    }

    private static int group(ByteBuf in, int index) {
        int group = in.getUnsignedShort(index);
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
        int unit;
        if (exponent <= -4) {
            unit = BASE;
        } else {
            unit = (int) Digits.POWERS[-exponent];
        }
        int visible = group / unit;
        if (visible * unit != group) {
            throw new NotExactException("a numeric with digits beyond the column's scale");
        }
        return Math.subtractExact(Math.multiplyExact(value, BASE / unit), visible);
    }

    private static long power(int exponent) {
        if (exponent >= Digits.POWERS.length) {
            throw new NotExactException("a numeric too large for a long");
        }
        return Digits.POWERS[exponent];
    }
}
