package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Division of numerics as the server does it ({@code select_div_scale} in its {@code numeric.c}). */
public final class NumericDivision {
    private static final int MIN_SIGNIFICANT_DIGITS = 16;
    private static final int DIGITS_PER_GROUP = 4;
    private static final int MAX_DISPLAY_SCALE = 1000;

    private NumericDivision() {}

    /**
     * Divides two finite numerics; their scales are their display scales.
     *
     * @throws ArithmeticException where the divisor is zero
     */
    public static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        int weight1 = weight(dividend);
        int weight2 = weight(divisor);
        int weight = weight1 - weight2;
        if (firstGroup(dividend, weight1) <= firstGroup(divisor, weight2)) {
            weight--;
        }
        int scale = MIN_SIGNIFICANT_DIGITS - weight * DIGITS_PER_GROUP;
        scale = Math.max(Math.max(scale, dividend.scale()), Math.max(divisor.scale(), 0));
        return dividend.divide(divisor, Math.min(scale, MAX_DISPLAY_SCALE), RoundingMode.HALF_UP);
    }

    /** The exponent, to base 10000, of the first group of digits. */
    private static int weight(BigDecimal value) {
        if (value.signum() == 0) {
            return 0;
        }
        return Math.floorDiv(value.precision() - value.scale() - 1, DIGITS_PER_GROUP);
    }

    private static int firstGroup(BigDecimal value, int weight) {
        return value.abs()
                .scaleByPowerOfTen(-DIGITS_PER_GROUP * weight)
                .setScale(0, RoundingMode.DOWN)
                .intValueExact();
    }

    /** Appends a numeric of any size as text. */
    public static void writeText(BigDecimal value, ByteBuf out) {
        out.writeCharSequence(value.toPlainString(), StandardCharsets.US_ASCII);
    }

    /** Appends a numeric of any size, with a scale that is not negative, as {@code numeric_send} does. */
    public static void writeBinary(BigDecimal value, ByteBuf out) {
        int start = out.writerIndex();
        out.writeZero(8);
        int groups = 0;
        int weight = weight(value);
        if (value.signum() != 0) {
            int lowest = -((value.scale() + DIGITS_PER_GROUP - 1) / DIGITS_PER_GROUP);
            BigInteger rest =
                    value.abs().scaleByPowerOfTen(-DIGITS_PER_GROUP * lowest).toBigIntegerExact();
            BigInteger base = BigInteger.valueOf(10_000);
            while (rest.mod(base).signum() == 0) {
                rest = rest.divide(base);
                lowest++;
            }
            groups = weight - lowest + 1;
            out.writeZero(2 * groups);
            for (int i = groups - 1; i >= 0; i--) {
                BigInteger[] parts = rest.divideAndRemainder(base);
                out.setShort(start + 8 + 2 * i, parts[1].intValue());
                rest = parts[0];
            }
        }
        out.setShort(start, groups);
        out.setShort(start + 2, groups == 0 ? 0 : weight);
        out.setShort(start + 4, value.signum() < 0 ? 0x4000 : 0);
        out.setShort(start + 6, value.scale());
    }
}
