package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Hex;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code uuid}, stored as its 16 bytes; written as 8-4-4-4-12 lower-case digits. */
final class UuidCodec extends BytesCodec {
    static final int OID = 2950;

    private static final int BYTES = 16;
    private static final int TEXT_LENGTH = 36;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return BYTES;
    }

    @Override
    public StorageClass storage() {
        return StorageClass.BLOB;
    }

    @Override
    public void writeText(byte[] stored, int typmod, TextSettings settings, ByteBuf out) {
        out.ensureWritable(TEXT_LENGTH);
        Hex.write(stored, 0, 4, out);
        for (int offset = 4; offset < 10; offset += 2) {
            out.writeByte('-');
            Hex.write(stored, offset, 2, out);
        }
        out.writeByte('-');
        Hex.write(stored, 10, 6, out);
    }

    @Override
    public void writeBinary(byte[] stored, int typmod, ByteBuf out) {
        out.writeBytes(stored);
    }

    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, BYTES);
        byte[] stored = new byte[BYTES];
        in.readBytes(stored);
        return stored;
    }

    /** Reads the hyphenated form in either case; the server also knows braces and other groupings. */
    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        if (length != TEXT_LENGTH) {
            throw new NotExactException("not a canonical uuid");
        }
        byte[] stored = new byte[BYTES];
        int index = in.readerIndex();
        for (int i = 0; i < BYTES; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                if (in.getByte(index) != '-') {
                    throw new NotExactException("not a canonical uuid");
                }
                index++;
            }
            stored[i] = Hex.read(in, index);
            index += 2;
        }
        in.readerIndex(index);
        return stored;
    }
}
