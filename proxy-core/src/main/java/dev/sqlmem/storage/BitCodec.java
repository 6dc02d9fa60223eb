package dev.sqlmem.storage;

import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code bit(n)} and {@code bit varying}, stored as text of zeros and ones, which sorts as they do. */
final class BitCodec extends BytesCodec {
    static final int OID = 1560;
    static final int VARYING_OID = 1562;

    private final int oid;

    BitCodec(int oid) {
        this.oid = oid;
    }

    @Override
    public int oid() {
        return oid;
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
        out.writeInt(stored.length);
        for (int i = 0; i < stored.length; i += 8) {
            int bits = 0;
            for (int bit = 0; bit < 8; bit++) {
                boolean set = i + bit < stored.length && stored[i + bit] == '1';
                bits = bits << 1 | (set ? 1 : 0);
            }
            out.writeByte(bits);
        }
    }

    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        if (length < 4) {
            throw new NotExactException("a bit string without its length");
        }
        int bits = in.readInt();
        if (bits < 0 || length - 4 != (bits + 7L) / 8) {
            throw new NotExactException("a bit string of another length than it says");
        }
        byte[] stored = new byte[bits];
        int eight = 0;
        for (int i = 0; i < bits; i++) {
            eight = (i & 7) == 0 ? in.readByte() : eight << 1;
            stored[i] = (byte) ((eight & 0x80) == 0 ? '0' : '1');
        }
        if ((bits & 7) != 0 && ((eight << 1) & 0xff) != 0) {
            throw new NotExactException("a bit string with bits beyond its end");
        }
        return stored;
    }

    /** Reads zeros and ones. */
    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        byte[] stored = new byte[length];
        in.readBytes(stored);
        for (byte bit : stored) {
            if (bit != '0' && bit != '1') {
                throw new NotExactException("not a canonical bit string");
            }
        }
        return stored;
    }
}
