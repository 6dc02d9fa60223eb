package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Instants;
import dev.sqlmem.wire.type.IsoReader;
import dev.sqlmem.wire.type.IsoWriter;
import dev.sqlmem.wire.type.StyledWriter;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code timestamp without time zone}, stored as microseconds since 2000-01-01. */
final class TimestampCodec extends IntegerCodec {
    static final int OID = 1114;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 8;
    }

    @Override
    public TextDependence textDependence() {
        return TextDependence.SETTINGS;
    }

    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        if (Instants.isInfinite(stored)) {
            IsoWriter.infinity(stored > 0, out);
            return;
        }
        if (!settings.dates().isIso()) {
            StyledWriter.timestamp(stored, settings.dates(), out);
            return;
        }
        IsoWriter.era(Instants.writeLocal(stored, out), out);
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeLong(stored);
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        return Instants.readBinary(in, length);
    }

    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        if (Instants.isInfinityText(in, length)) {
            return Instants.readInfinity(in, length);
        }
        int start = in.readerIndex();
        long micros = IsoReader.timestamp(in, start, start + length);
        in.skipBytes(length);
        return micros;
    }
}
