package dev.sqlmem.wire.type;

import java.math.BigInteger;

/**
 * The shortest decimal that lies strictly within the rounding interval of a binary floating-point number,
 * and of those the nearest (R. Giulietti, "The Schubfach way to render doubles").
 *
 * <p>A number is significand · 2^exponent. Its interval is narrower below where the significand is the
 * least of its binade. The server never takes an end of the interval, also where a reader that rounds to
 * even would come back to the number from there.
 */
final class ShortestDecimal {
    private static final int LEAST_SCALE = -324;
    private static final int GREATEST_SCALE = 293;
    private static final long LOW_63 = Long.MAX_VALUE;

    /** For each scale the 126 leading bits of 10^-scale, rounded up, in two halves of 63 bits. */
    private static final long[] POWERS = powers();

    private ShortestDecimal() {}

    /** The greatest k so that 10^k is no wider than the interval. */
    static int scale(int exponent, boolean narrowBelow) {
        // floor(log10(2^exponent)), or of three quarters of that
        return (int) ((exponent * 661_971_961_083L - (narrowBelow ? 274_743_187_321L : 0)) >> 41);
    }

    /** The digits, as a multiple of 10^{@code scale}. */
    static long digits(long significand, int exponent, boolean narrowBelow, int scale) {
        int shift = exponent + floorLog2OfPower10(-scale) + 2;
        int at = 2 * (scale - LEAST_SCALE);
        long high = POWERS[at];
        long low = POWERS[at + 1];
        long value = 4 * significand;
        long nearest = roundToOdd(high, low, value << shift);
        long from = roundToOdd(high, low, (value - (narrowBelow ? 1 : 2)) << shift) + 1;
        long to = roundToOdd(high, low, (value + 2) << shift) - 1;
        long below = nearest >> 2;
        long tenBelow = below / 10 * 10;
        boolean lowerIn = from <= tenBelow << 2;
        boolean upperIn = (tenBelow + 10) << 2 <= to;
        if (lowerIn != upperIn) {
            if (lowerIn) {
                return tenBelow;
            }
            return tenBelow + 10;
        }
        lowerIn = from <= below << 2;
        upperIn = (below + 1) << 2 <= to;
        if (lowerIn != upperIn) {
            if (lowerIn) {
                return below;
            }
            return below + 1;
        }
        long difference = nearest - ((below + below + 1) << 1);
        if (difference < 0 || (difference == 0 && (below & 1) == 0)) {
            return below;
        }
        return below + 1;
    }

    /** The product's leading bits, the last of which tells whether any bit after them is set. */
    private static long roundToOdd(long high, long low, long factor) {
        long carry = Math.multiplyHigh(low, factor);
        long middle = ((high * factor) >>> 1) + carry;
        long top = Math.multiplyHigh(high, factor) + (middle >>> 63);
        return top | (((middle & LOW_63) + LOW_63) >>> 63);
    }

    private static int floorLog2OfPower10(int power) {
        return (int) ((power * 913_124_641_741L) >> 38);
    }

    private static long[] powers() {
        long[] powers = new long[2 * (GREATEST_SCALE - LEAST_SCALE + 1)];
        for (int scale = LEAST_SCALE; scale <= GREATEST_SCALE; scale++) {
            int shift = 125 - floorLog2OfPower10(-scale);
            BigInteger power = BigInteger.TEN.pow(Math.abs(scale));
            BigInteger bits;
            if (scale <= 0) {
                bits = power.shiftLeft(shift);
            } else {
                bits = BigInteger.ONE.shiftLeft(shift).divide(power);
            }
            bits = bits.add(BigInteger.ONE);
            powers[2 * (scale - LEAST_SCALE)] = bits.shiftRight(63).longValueExact();
            powers[2 * (scale - LEAST_SCALE) + 1] = bits.longValue() & LOW_63;
        }
        return powers;
    }
}
