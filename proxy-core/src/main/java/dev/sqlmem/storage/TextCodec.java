package dev.sqlmem.storage;

import dev.sqlmem.wire.type.TextSettings;
import dev.sqlmem.wire.type.Utf8;
import io.netty.buffer.ByteBuf;

/** {@code text}, stored as it is. */
final class TextCodec extends BytesCodec {
    static final int OID = 25;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return -1;
    }

    @Override
    public StorageClass storage() {
        return StorageClass.TEXT;
    }

    @Override
    public void writeText(byte[] stored, int typmod, TextSettings settings, ByteBuf out) {
        out.writeBytes(stored);
    }

    @Override
    public void writeBinary(byte[] stored, int typmod, ByteBuf out) {
        out.writeBytes(stored);
    }

    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        return Utf8.read(in, length);
    }

    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return Utf8.read(in, length);
    }
}
