package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Ascii;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code boolean}, stored as 0 or 1. */
final class BoolCodec extends IntegerCodec {
    static final int OID = 16;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 1;
    }

    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        out.writeByte(stored == 0 ? 'f' : 't');
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeByte(stored == 0 ? 0 : 1);
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, 1);
        int value = in.readByte();
        if (value != 0 && value != 1) {
            throw new NotExactException("a boolean that is neither 0 nor 1");
        }
        return value;
    }

    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        if (Ascii.equals(in, length, "t") || Ascii.equals(in, length, "true")) {
            in.skipBytes(length);
            return 1;
        }
        if (Ascii.equals(in, length, "f") || Ascii.equals(in, length, "false")) {
            in.skipBytes(length);
            return 0;
        }
        throw new NotExactException("not a canonical boolean");
    }
}
