package dev.sqlmem.storage;

import dev.sqlmem.wire.type.IsoCalendar;
import dev.sqlmem.wire.type.IsoReader;
import dev.sqlmem.wire.type.IsoWriter;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/**
 * {@code time with time zone}, stored as the instant of the day and, in the lower 18 bits, the zone, which
 * decides where instants are the same: (µs + zone · 10^6) · 2^18 + zone + 2^17, the zone in seconds west.
 */
final class TimetzCodec extends IntegerCodec {
    static final int OID = 1266;

    private static final int ZONE_BITS = 18;
    private static final int ZONE_BIAS = 1 << (ZONE_BITS - 1);

    /** Less than 16 hours. */
    private static final int MAX_ZONE = 16 * 3600 - 1;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 12;
    }

    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        IsoWriter.time(micros(stored), out);
        IsoWriter.offset(-zone(stored), out);
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeLong(micros(stored)).writeInt(zone(stored));
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, 12);
        long micros = in.readLong();
        int zone = in.readInt();
        if (micros < 0 || micros > IsoCalendar.MICROS_PER_DAY || Math.abs((long) zone) > MAX_ZONE) {
            throw new NotExactException("a time with time zone out of range");
        }
        return stored(micros, zone);
    }

    /** Reads a time with {@code Z}, {@code ±HH} or {@code ±HH:MM}. */
    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        int start = in.readerIndex();
        int end = start + length;
        int zone = start;
        while (zone < end && !isZone(in.getByte(zone))) {
            zone++;
        }
        if (zone == end) {
            throw new NotExactException("a time whose zone is the session's");
        }
        long micros = IsoReader.time(in, start, zone);
        int east = IsoReader.offset(in, zone, end);
        in.skipBytes(length);
        return stored(micros, -east);
    }

    private static boolean isZone(byte character) {
        return character == '+' || character == '-' || character == 'Z';
    }

    private static long stored(long micros, int zone) {
        return ((micros + zone * IsoCalendar.MICROS_PER_SECOND) << ZONE_BITS) + zone + ZONE_BIAS;
    }

    private static int zone(long stored) {
        return (int) (stored & ((1 << ZONE_BITS) - 1)) - ZONE_BIAS;
    }

    private static long micros(long stored) {
        return (stored >> ZONE_BITS) - zone(stored) * IsoCalendar.MICROS_PER_SECOND;
    }
}
