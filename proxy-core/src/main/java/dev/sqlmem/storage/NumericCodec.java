package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Digits;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.NumericBinary;
import dev.sqlmem.wire.type.NumericText;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;

/**
 * {@code numeric(p,s)} with 0 ≤ s ≤ p ≤ 18, stored as the value times 10^s.
 *
 * <p>The {@code typmod} of its methods only carries the scale: it need not be the one RowDescription
 * reports. A sum over {@code numeric(p,s)} or {@code bigint} is described without a typmod, yet is
 * written with {@link #typmod(int, int)} of the argument's scale. Writers accept every long.
 */
public final class NumericCodec extends IntegerCodec {
    static final int OID = 1700;

    private static final int MAX_PRECISION = 18;

    NumericCodec() {}

    /** The number of fraction digits that a typmod other than -1 asks for. */
    public static int scale(int typmod) {
        // Eleven bits with sign, since version 15; never negative before.
        return (((typmod - 4) & 0x7ff) ^ 0x400) - 0x400;
    }

    /** The total number of digits that a typmod other than -1 asks for. */
    public static int precision(int typmod) {
        return (typmod - 4) >> 16 & 0xffff;
    }

    /** The typmod of {@code numeric(precision, scale)}. */
    public static int typmod(int precision, int scale) {
        return (precision << 16 | (scale & 0x7ff)) + 4;
    }

    /** Whether every finite value of a column with this typmod is a long. */
    static boolean fits(int typmod) {
        return typmod >= 4
                && scale(typmod) >= 0
                && scale(typmod) <= precision(typmod)
                && precision(typmod) <= MAX_PRECISION;
    }

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return -1;
    }

    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        int scale = scale(typmod);
        if (scale == 0) {
            Digits.write(stored, out);
            return;
        }
        long power = Digits.POWERS[scale];
        long whole = stored / power;
        long fraction = stored - whole * power;
        if (stored < 0) {
            out.writeByte('-');
        }
        Digits.write(Math.abs(whole), out);
        out.writeByte('.');
        Digits.writePadded(Math.abs(fraction), scale, out);
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        NumericBinary.write(stored, scale(typmod), out);
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        return NumericBinary.read(in, length, scale(typmod));
    }

    /**
     * Reads plain digits, {@code -?\d+(\.\d+)?}, at the scale of {@code typmod}.
     *
     * @throws NotExactException also for a value with more fraction digits than the scale holds
     */
    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return NumericText.read(in, length, scale(typmod));
    }

    /** Reads the text of a numeric parameter as it is written, not brought to a column's scale. */
    public static BigDecimal readUnscaledText(ByteBuf in, int length) {
        return NumericText.readDecimal(in, length);
    }

    /** Reads a binary numeric parameter with the scale it comes with. */
    public static BigDecimal readDecimalBinary(ByteBuf in, int length) {
        return NumericBinary.readDecimal(in, length);
    }
}
