package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Digits;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code oid}, an unsigned number of four bytes. */
final class OidCodec extends IntegerCodec {
    static final int OID = 26;

    private static final long MAX = 0xffff_ffffL;

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
        return in.readUnsignedInt();
    }

    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return Digits.read(in, length, 0, MAX);
    }
}
