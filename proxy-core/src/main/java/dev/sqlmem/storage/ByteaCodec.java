package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Hex;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code bytea}; its text form follows {@code bytea_output} (manual, chapter "Binary Data Types"). */
final class ByteaCodec extends BytesCodec {
    static final int OID = 17;

    private static final int HEX_PREFIX = '\\' << 8 | 'x';
    private static final int ESCAPED_BACKSLASH = '\\' << 8 | '\\';

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
        return StorageClass.BLOB;
    }

    @Override
    public TextDependence textDependence() {
        return TextDependence.SETTINGS;
    }

    @Override
    public void writeText(byte[] stored, int typmod, TextSettings settings, ByteBuf out) {
        if (settings.byteaHex()) {
            out.writeShort(HEX_PREFIX);
            Hex.write(stored, 0, stored.length, out);
        } else {
            writeEscaped(stored, out);
        }
    }

    @Override
    public void writeBinary(byte[] stored, int typmod, ByteBuf out) {
        out.writeBytes(stored);
    }

    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        byte[] stored = new byte[length];
        in.readBytes(stored);
        return stored;
    }

    /** Reads the hex form, {@code \x} and pairs of digits without blanks between them. */
    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        int start = in.readerIndex();
        if (length < 2 || length % 2 != 0 || in.getShort(start) != HEX_PREFIX) {
            throw new NotExactException("a bytea that is not in hex form");
        }
        byte[] stored = new byte[length / 2 - 1];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = Hex.read(in, start + 2 + 2 * i);
        }
        in.skipBytes(length);
        return stored;
    }

    private static void writeEscaped(byte[] stored, ByteBuf out) {
        for (byte b : stored) {
            if (b == '\\') {
                out.writeShort(ESCAPED_BACKSLASH);
            } else if (b >= 0x20 && b <= 0x7e) {
                out.writeByte(b);
            } else {
                int value = b & 0xff;
                out.writeInt('\\' << 24 | octal(value >> 6) << 16 | octal(value >> 3) << 8 | octal(value));
            }
        }
    }

    private static int octal(int value) {
        return '0' + (value & 7);
    }
}
