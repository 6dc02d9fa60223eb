package dev.sqlmem.storage;

import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that sort and equal each other as the numerics do for which they stand: a class (negative, zero,
 * positive, the infinities, NaN), then for finite numbers weight and groups of four decimal digits, each in
 * two bytes. A negative number's are turned over and end in 0xffff, which the end of a longer one is not.
 */
final class NumericKey {
    private static final int HEADER = 8;
    private static final int BASE = 10_000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xc000;
    private static final int INFINITY = 0xd000;
    private static final int MINUS_INFINITY = 0xf000;
    private static final int MAX_DIGITS = 1_100;
    private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);

    private NumericKey() {}

    /** How a value of this sign is printed where it is not finite, else null. */
    static @Nullable String special(int sign) {
        return switch (sign) {
            case NAN -> "NaN";
            case INFINITY -> "Infinity";
            case MINUS_INFINITY -> "-Infinity";
            default -> null;
        };
    }

    /** The key of a value in binary form. */
    static byte[] of(ByteBuf in, int start, int length) {
        if (length < HEADER || length != HEADER + 2 * in.getUnsignedShort(start)) {
            throw new NotExactException("not a numeric");
        }
        int groups = in.getUnsignedShort(start);
        int sign = in.getUnsignedShort(start + 4);
        return switch (sign) {
            case NAN -> new byte[] {5};
            case INFINITY -> new byte[] {4};
            case MINUS_INFINITY -> new byte[] {0};
            case 0, NEGATIVE -> finite(in, start, groups, sign != 0);
            default -> throw new NotExactException("not a numeric");
        };
    }

    private static byte[] finite(ByteBuf in, int start, int groups, boolean negative) {
        int[] digits = new int[groups];
        for (int i = 0; i < groups; i++) {
            digits[i] = in.getUnsignedShort(start + HEADER + 2 * i);
            if (digits[i] >= BASE) {
                throw new NotExactException("a numeric with an invalid digit");
            }
        }
        if (groups > 0 && (digits[0] == 0 || digits[groups - 1] == 0)) {
            throw new NotExactException("a numeric with zero groups at an end");
        }
        return of(negative, in.getShort(start + 2), digits);
    }

    /** The key of a number. */
    static byte[] of(BigDecimal value) {
        if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw new NotExactException("a numeric with very many digits");
        }
        int missing = Math.floorMod(-value.scale(), 4);
        BigInteger rest = value.unscaledValue().abs().multiply(BigInteger.TEN.pow(missing));
        int lowest = -((value.scale() + missing) / 4);
        int[] digits = new int[MAX_DIGITS];
        int at = digits.length;
        while (rest.signum() > 0) {
            BigInteger[] divided = rest.divideAndRemainder(BIG_BASE);
            digits[--at] = divided[1].intValue();
            rest = divided[0];
        }
        int weight = lowest + digits.length - at - 1;
        int end = digits.length;
        while (end > at && digits[end - 1] == 0) {
            end--;
        }
        return of(value.signum() < 0, weight, Arrays.copyOfRange(digits, at, end));
    }

    private static byte[] of(boolean negative, int weight, int[] digits) {
        if (digits.length == 0) {
            return new byte[] {2};
        }
        byte[] key = new byte[3 + 2 * digits.length + (negative ? 2 : 0)];
        int turned;
        if (negative) {
            turned = 0xffff;
        } else {
            turned = 0;
        }
        key[0] = (byte) (negative ? 1 : 3);
        put(key, 1, (weight + 32_768) ^ turned);
        for (int i = 0; i < digits.length; i++) {
            put(key, 3 + 2 * i, (digits[i] + 1) ^ turned);
        }
        if (negative) {
            put(key, key.length - 2, 0xffff);
        }
        return key;
    }

    private static void put(byte[] key, int index, int value) {
        key[index] = (byte) (value >> 8);
        key[index + 1] = (byte) value;
    }
}
