package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Hex;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code macaddr} and {@code macaddr8}, stored as their bytes; written as {@code xx:xx:…}. */
final class MacaddrCodec extends BytesCodec {
    static final int OID = 829;
    static final int OID_8 = 774;

    private final int oid;
    private final int bytes;

    MacaddrCodec(int oid, int bytes) {
        this.oid = oid;
        this.bytes = bytes;
    }

    @Override
    public int oid() {
        return oid;
    }

    @Override
    public short length() {
        return (short) bytes;
    }

    @Override
    public StorageClass storage() {
        return StorageClass.BLOB;
    }

    @Override
    public void writeText(byte[] stored, int typmod, TextSettings settings, ByteBuf out) {
        for (int i = 0; i < bytes; i++) {
            if (i > 0) {
                out.writeByte(':');
            }
            Hex.write(stored, i, 1, out);
        }
    }

    @Override
    public void writeBinary(byte[] stored, int typmod, ByteBuf out) {
        out.writeBytes(stored);
    }

    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, bytes);
        byte[] stored = new byte[bytes];
        in.readBytes(stored);
        return stored;
    }

    /** Reads pairs of digits in either case between colons; the server also knows other groupings. */
    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        if (length != 3 * bytes - 1) {
            throw new NotExactException("not a canonical hardware address");
        }
        byte[] stored = new byte[bytes];
        int index = in.readerIndex();
        for (int i = 0; i < bytes; i++, index += 3) {
            if (i > 0 && in.getByte(index - 1) != ':') {
                throw new NotExactException("not a canonical hardware address");
            }
            stored[i] = Hex.read(in, index);
        }
        in.skipBytes(length);
        return stored;
    }
}
