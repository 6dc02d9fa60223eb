package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Digits;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code integer}. */
final class Int4Codec extends IntegerCodec {
    static final int OID = 23;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 4;
    }

    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        Digits.write(stored, out);
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeInt((int) stored);
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, 4);
        return in.readInt();
    }

    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return Digits.read(in, length, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
