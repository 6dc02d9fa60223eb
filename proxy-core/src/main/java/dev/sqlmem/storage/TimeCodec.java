package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Ascii;
import dev.sqlmem.wire.type.IsoCalendar;
import dev.sqlmem.wire.type.IsoReader;
import dev.sqlmem.wire.type.IsoWriter;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code time}, stored as microseconds since midnight, up to and including 24:00:00. */
final class TimeCodec extends IntegerCodec {
    static final int OID = 1083;

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
        IsoWriter.time(stored, out);
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeLong(stored);
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, 8);
        long micros = in.readLong();
        if (micros < 0 || micros > IsoCalendar.MICROS_PER_DAY) {
            throw new NotExactException("a time out of range");
        }
        return micros;
    }

    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        int start = in.readerIndex();
        long micros;
        if (Ascii.equals(in, length, "24:00:00")) {
            micros = IsoCalendar.MICROS_PER_DAY;
        } else {
            micros = IsoReader.time(in, start, start + length);
        }
        in.skipBytes(length);
        return micros;
    }
}
