package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Plain decimal numbers as text, {@code -?\d+(\.\d+)?}; no sign +, blanks, exponents or NaN. */
public final class NumericText {
    /** Longer ones are the upstream's business: no cached column holds so many digits. */
    private static final int MAX_LENGTH = 100;

    private NumericText() {}

    /** Reads the value times 10^scale. */
    public static long read(ByteBuf in, int length, int scale) {
        int point = point(in, length);
        int start = in.readerIndex();
        int end = start + length;
        boolean negative = in.getByte(start) == '-';
        int index;
        if (negative) {
            index = start + 1;
        } else {
            index = start;
        }
        // Negative, for the smallest long has no positive twin.
        long value = 0;
        try {
            for (; index < point; index++) {
                value = Math.subtractExact(Math.multiplyExact(value, 10L), Digits.digit(in, index));
            }
            index++;
            int missing = scale;
            for (; index < end && missing > 0; index++, missing--) {
                value = Math.subtractExact(Math.multiplyExact(value, 10L), Digits.digit(in, index));
            }
            requireZeros(in, index, end);
            if (value != 0) {
                value = Math.multiplyExact(value, Digits.POWERS[missing]);
            }
            in.readerIndex(end);
            if (negative) {
                return value;
            }
            return Math.negateExact(value);
        } catch (ArithmeticException e) {
            throw new NotExactException("a numeric too large for a long");
        }
    }

    /** Reads the value with the scale it is written with. */
    public static BigDecimal readDecimal(ByteBuf in, int length) {
        point(in, length);
        String digits = in.toString(in.readerIndex(), length, StandardCharsets.US_ASCII);
        in.skipBytes(length);
        return new BigDecimal(digits);
    }

    /** Checks the form; returns the index of the decimal point, or the end where there is none. */
    private static int point(ByteBuf in, int length) {
        if (length == 0 || length > MAX_LENGTH) {
            throw new NotExactException("not a plain decimal number");
        }
        int start = in.readerIndex();
        int end = start + length;
        int first;
        if (in.getByte(start) == '-') {
            first = start + 1;
        } else {
            first = start;
        }
        int point = end;
        for (int index = first; index < end; index++) {
            if (in.getByte(index) == '.' && point == end) {
                point = index;
            } else {
                Digits.digit(in, index);
            }
        }
        if (point == first || point == end - 1) {
            throw new NotExactException("not a plain decimal number");
        }
        return point;
    }

    private static void requireZeros(ByteBuf in, int from, int end) {
        for (int index = from; index < end; index++) {
            if (in.getByte(index) != '0') {
                throw new NotExactException("a numeric with more fraction digits than the column");
            }
        }
    }
}
