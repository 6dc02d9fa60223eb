package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Digits;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code smallint}. */
final class Int2Codec extends IntegerCodec {
    static final int OID = 21;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 2;
    }

    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        Digits.write(stored, out);
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeShort((int) stored);
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, 2);
        return in.readShort();
    }

    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return Digits.read(in, length, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
