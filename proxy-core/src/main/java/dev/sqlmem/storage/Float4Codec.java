package dev.sqlmem.storage;

import dev.sqlmem.wire.type.FloatText;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;

/** {@code real}, stored as the double of the same value. */
final class Float4Codec extends RealCodec {
    static final int OID = 700;

    private static final int NAN = 0x7fc0_0000;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 4;
    }

    @Override
    public void writeText(double stored, ByteBuf out) {
        FloatText.write((float) stored, out);
    }

    @Override
    public void writeBinary(double stored, ByteBuf out) {
        out.writeInt(Float.floatToIntBits((float) stored));
    }

    @Override
    public double readBinary(ByteBuf in, int length) {
        Lengths.requireExact(length, 4);
        int bits = in.readInt();
        float value = Float.intBitsToFloat(bits);
        if (Float.isNaN(value) && bits != NAN) {
            throw new NotExactException("a NaN of an unusual form");
        }
        return value;
    }

    @Override
    public double readText(ByteBuf in, int length) {
        float value = Float.parseFloat(FloatText.canonical(in, length));
        FloatText.requireInRange(in, length, value == 0, Float.isInfinite(value));
        in.skipBytes(length);
        return value;
    }
}
