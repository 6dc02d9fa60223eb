package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Digits;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code bigint}. */
final class Int8Codec extends IntegerCodec {
    static final int OID = 20;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 8;
    }

    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        Digits.write(stored, out);
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeLong(stored);
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, 8);
        return in.readLong();
    }

    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return Digits.read(in, length, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
