package dev.sqlmem.storage;

import dev.sqlmem.wire.type.FloatText;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;

/** {@code double precision}. */
final class Float8Codec extends RealCodec {
    static final int OID = 701;

    private static final long NAN = 0x7ff8_0000_0000_0000L;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 8;
    }

    @Override
    public void writeText(double stored, ByteBuf out) {
        FloatText.write(stored, out);
    }

    @Override
    public void writeBinary(double stored, ByteBuf out) {
        out.writeLong(Double.doubleToLongBits(stored));
    }

    @Override
    public double readBinary(ByteBuf in, int length) {
        Lengths.requireExact(length, 8);
        long bits = in.readLong();
        double value = Double.longBitsToDouble(bits);
        if (Double.isNaN(value) && bits != NAN) {
            throw new NotExactException("a NaN of an unusual form");
        }
        return value;
    }

    @Override
    public double readText(ByteBuf in, int length) {
        double value = Double.parseDouble(FloatText.canonical(in, length));
        FloatText.requireInRange(in, length, value == 0, Double.isInfinite(value));
        in.skipBytes(length);
        return value;
    }
}
