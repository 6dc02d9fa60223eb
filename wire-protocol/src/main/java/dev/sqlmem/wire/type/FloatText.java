package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Floating-point numbers as text (manual, "Floating-Point Types"): the shortest digits that mean no other
 * number, with an exponent below 1e-4 and from 1e15 (real: 1e6) on.
 */
public final class FloatText {
    private static final int DOUBLE_EXPONENT = 15;
    private static final int FLOAT_EXPONENT = 6;
    private static final int LOWEST_EXPONENT = -4;
    private static final int MAX_LENGTH = 60;
    private static final Pattern CANONICAL = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,4})?|NaN|-?Infinity");

    private FloatText() {}

    public static void write(double value, ByteBuf out) {
        long bits = Double.doubleToRawLongBits(value);
        if (writeSpecial(bits < 0, Double.isNaN(value), Double.isInfinite(value), value == 0, out)) {
            return;
        }
        int exponent = (int) (bits >>> 52) & 0x7ff;
        long fraction = bits & ((1L << 52) - 1);
        long significand;
        if (exponent == 0) {
            significand = fraction;
        } else {
            significand = fraction | 1L << 52;
        }
        boolean narrowBelow = fraction == 0 && exponent > 1;
        write(significand, Math.max(exponent, 1) - 1075, narrowBelow, DOUBLE_EXPONENT, out);
    }

    public static void write(float value, ByteBuf out) {
        int bits = Float.floatToRawIntBits(value);
        if (writeSpecial(bits < 0, Float.isNaN(value), Float.isInfinite(value), value == 0, out)) {
            return;
        }
        int exponent = bits >>> 23 & 0xff;
        int fraction = bits & ((1 << 23) - 1);
        int significand;
        if (exponent == 0) {
            significand = fraction;
        } else {
            significand = fraction | 1 << 23;
        }
        boolean narrowBelow = fraction == 0 && exponent > 1;
        write(significand, Math.max(exponent, 1) - 150, narrowBelow, FLOAT_EXPONENT, out);
    }

    /** Writes the sign and, where that is all there is to it, the value. */
    private static boolean writeSpecial(boolean negative, boolean nan, boolean infinite, boolean zero, ByteBuf out) {
        if (nan) {
            out.writeCharSequence("NaN", StandardCharsets.US_ASCII);
            return true;
        }
        if (negative) {
            out.writeByte('-');
        }
        if (infinite) {
            out.writeCharSequence("Infinity", StandardCharsets.US_ASCII);
        } else if (zero) {
            out.writeByte('0');
        }
        return infinite || zero;
    }

    private static void write(long significand, int exponent, boolean narrowBelow, int exponentFrom, ByteBuf out) {
        int scale = ShortestDecimal.scale(exponent, narrowBelow);
        long digits = ShortestDecimal.digits(significand, exponent, narrowBelow, scale);
        while (digits % 10 == 0) {
            digits /= 10;
            scale++;
        }
        int count = Digits.count(digits);
        int leading = scale + count - 1;
        if (leading < LOWEST_EXPONENT || leading >= exponentFrom) {
            withExponent(digits, count, leading, out);
        } else if (scale >= 0) {
            Digits.writePadded(digits, count, out);
            Digits.writePadded(0, scale, out);
        } else {
            plain(digits, count, -scale, out);
        }
    }

    private static void withExponent(long digits, int count, int leading, ByteBuf out) {
        long power = Digits.POWERS[count - 1];
        long first = digits / power;
        out.writeByte((int) ('0' + first));
        if (count > 1) {
            out.writeByte('.');
            Digits.writePadded(digits - first * power, count - 1, out);
        }
        out.writeShort('e' << 8 | (leading < 0 ? '-' : '+'));
        int absolute = Math.abs(leading);
        Digits.writePadded(absolute, absolute < 100 ? 2 : 3, out);
    }

    private static void plain(long digits, int count, int fraction, ByteBuf out) {
        if (fraction >= count) {
            out.writeShort('0' << 8 | '.');
            Digits.writePadded(digits, fraction, out);
            return;
        }
        long power = Digits.POWERS[fraction];
        long whole = digits / power;
        Digits.writePadded(whole, count - fraction, out);
        out.writeByte('.');
        Digits.writePadded(digits - whole * power, fraction, out);
    }

    /** The text of a number in canonical form, as Java reads it too. */
    public static String canonical(ByteBuf in, int length) {
        if (length > MAX_LENGTH) {
            throw new NotExactException("a number with very many digits");
        }
        String text = in.toString(in.readerIndex(), length, StandardCharsets.US_ASCII);
        if (!CANONICAL.matcher(text).matches()) {
            throw new NotExactException("not a canonical number");
        }
        return text;
    }

    /** Refuses a number that was rounded to zero or infinity, which the server does not take. */
    public static void requireInRange(ByteBuf in, int length, boolean zero, boolean infinite) {
        if (!zero && !infinite) {
            return;
        }
        int start = in.readerIndex();
        boolean isInfinity = in.getByte(start + length - 1) == 'y';
        if (infinite && !isInfinity) {
            throw new NotExactException("a number out of range");
        }
        for (int index = start; zero && index < start + length; index++) {
            byte character = in.getByte(index);
            if (character == 'e' || character == 'E') {
                return;
            }
            if (character >= '1' && character <= '9') {
                throw new NotExactException("a number out of range");
            }
        }
    }
}
