package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Decimal digits to and from a buffer, two at a time and without garbage. */
public final class Digits {
    /** The powers of ten that a long holds. */
    public static final long[] POWERS = powers();

    private static final short[] PAIRS = pairs();
    private static final byte[] MIN_LONG = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    private Digits() {}

    /** The ASCII digits of 0..99 as one big-endian short. */
    static short pair(int value) {
        return PAIRS[value];
    }

    /** The number of decimal digits of a value that is not negative; 1 for zero. */
    static int count(long value) {
        int digits = 1;
        while (digits < POWERS.length && value >= POWERS[digits]) {
            digits++;
        }
        return digits;
    }

    public static void write(long value, ByteBuf out) {
        if (value >= 0) {
            writePadded(value, count(value), out);
        } else if (value != Long.MIN_VALUE) {
            out.writeByte('-');
            writePadded(-value, count(-value), out);
        } else {
            out.writeBytes(MIN_LONG);
        }
    }

    /** Writes exactly {@code width} digits of a value that is not negative, with leading zeros. */
    public static void writePadded(long value, int width, ByteBuf out) {
        out.ensureWritable(width);
        int start = out.writerIndex();
        int index = start + width;
        out.writerIndex(index);
        long high = value;
        while (high > Integer.MAX_VALUE && index - start >= 2) {
            long quotient = high / 100;
            index -= 2;
            out.setShort(index, PAIRS[(int) (high - quotient * 100)]);
            high = quotient;
        }
        int low = (int) high;
        while (index - start >= 2) {
            int quotient = low / 100;
            index -= 2;
            out.setShort(index, PAIRS[low - quotient * 100]);
            low = quotient;
        }
        if (index > start) {
            out.setByte(start, '0' + low);
        }
    }

    /**
     * Reads a whole number without sign, blanks or superfluous zeros, as {@code -?[1-9]\d*|0}.
     *
     * @throws NotExactException for any other spelling, or outside of {@code min..max}
     */
    public static long read(ByteBuf in, int length, long min, long max) {
        int start = in.readerIndex();
        int end = start + length;
        boolean negative = length > 0 && in.getByte(start) == '-';
        int index;
        if (negative) {
            index = start + 1;
        } else {
            index = start;
        }
        if (index == end || end - index > 19) {
            throw new NotExactException("not a canonical integer");
        }
        if (in.getByte(index) == '0' && length > 1) {
            throw new NotExactException("an integer with leading zeros");
        }
        // Negative, for the smallest long has no positive twin. 19 digits may wrap, but only to above zero.
        long value = 0;
        for (; index < end; index++) {
            value = value * 10 - digit(in, index);
        }
        if (value > 0 || (!negative && value == Long.MIN_VALUE)) {
            throw new NotExactException("an integer out of range");
        }
        long signed;
        if (negative) {
            signed = value;
        } else {
            signed = -value;
        }
        if (signed < min || signed > max) {
            throw new NotExactException("an integer out of range");
        }
        in.readerIndex(end);
        return signed;
    }

    /** The digit at an absolute index. */
    static int digit(ByteBuf in, int index) {
        int digit = in.getByte(index) - '0';
        if (digit < 0 || digit > 9) {
            throw new NotExactException("not a digit");
        }
        return digit;
    }

    /** The two-digit number at an absolute index. */
    static int twoDigits(ByteBuf in, int index) {
        return digit(in, index) * 10 + digit(in, index + 1);
    }

    private static short[] pairs() {
        short[] pairs = new short[100];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) (('0' + i / 10) << 8 | ('0' + i % 10));
        }
        return pairs;
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
