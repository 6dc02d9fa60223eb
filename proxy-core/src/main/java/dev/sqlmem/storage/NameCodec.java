package dev.sqlmem.storage;

import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import dev.sqlmem.wire.type.Utf8;
import io.netty.buffer.ByteBuf;

/** {@code name}, text of at most 63 bytes, ordered by them. */
final class NameCodec extends BytesCodec {
    static final int OID = 19;

    private static final int MAX_BYTES = 63;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 64;
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
        if (length > MAX_BYTES) {
            throw new NotExactException("a name that the server would cut off");
        }
        return Utf8.read(in, length);
    }

    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return readBinary(in, length, typmod);
    }
}
