package dev.sqlmem.storage;

import dev.sqlmem.wire.type.TextSettings;
import dev.sqlmem.wire.type.Utf8;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * {@code character(n)}, stored without trailing spaces, which its comparisons ignore, and written with
 * as many as make n characters. Both formats are the same.
 */
final class BpcharCodec extends BytesCodec {
    static final int OID = 1042;

    private static final byte[] SPACES = " ".repeat(64).getBytes(StandardCharsets.US_ASCII);

    /** Whether the typmod tells how far to pad; a bpchar without length keeps the spaces it was given. */
    static boolean hasLength(int typmod) {
        return typmod > 4;
    }

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
        writeBinary(stored, typmod, out);
    }

    @Override
    public void writeBinary(byte[] stored, int typmod, ByteBuf out) {
        out.writeBytes(stored);
        int missing = typmod - 4 - Utf8.characters(stored);
        for (; missing > SPACES.length; missing -= SPACES.length) {
            out.writeBytes(SPACES);
        }
        if (missing > 0) {
            out.writeBytes(SPACES, 0, missing);
        }
    }

    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        int start = in.readerIndex();
        int end = start + length;
        while (end > start && in.getByte(end - 1) == ' ') {
            end--;
        }
        byte[] stored = Utf8.read(in, end - start);
        in.readerIndex(start + length);
        return stored;
    }

    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return readBinary(in, length, typmod);
    }
}
