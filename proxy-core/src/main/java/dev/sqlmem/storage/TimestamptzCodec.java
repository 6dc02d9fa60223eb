package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Instants;
import dev.sqlmem.wire.type.IsoCalendar;
import dev.sqlmem.wire.type.IsoReader;
import dev.sqlmem.wire.type.IsoWriter;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import dev.sqlmem.wire.type.ZoneOffsets;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** {@code timestamp with time zone}, stored as microseconds since 2000-01-01 UTC. */
final class TimestamptzCodec extends IntegerCodec {
    static final int OID = 1184;

    /** The largest difference of two offsets, from -18 to +18 hours. */
    private static final long OFFSET_SPAN = 36 * 3600L;

    private final ZoneOffsets offsets = new ZoneOffsets();

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 8;
    }

    @Override
    public boolean isZoned() {
        return true;
    }

    @Override
    public TextDependence textDependence() {
        return TextDependence.SETTINGS;
    }

    /** The other styles print abbreviations of zones, which only the server knows. */
    @Override
    public boolean writesText(TextSettings settings) {
        return settings.dates().isIso();
    }

    /** Writes local time and offset of the session's zone; an instant before the proven ones is not exact. */
    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        if (Instants.isInfinite(stored)) {
            IsoWriter.infinity(stored > 0, out);
            return;
        }
        requireProven(stored, settings);
        int offset = offsets.at(settings.zone(), unixSeconds(stored));
        long packed = Instants.writeLocal(stored + offset * IsoCalendar.MICROS_PER_SECOND, out);
        IsoWriter.offset(offset, out);
        IsoWriter.era(packed, out);
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeLong(stored);
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        return Instants.readBinary(in, length);
    }

    /** Reads a timestamp with {@code Z}, {@code ±HH} or {@code ±HH:MM}, or in the session's zone. */
    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        if (Instants.isInfinityText(in, length)) {
            return Instants.readInfinity(in, length);
        }
        int start = in.readerIndex();
        int end = start + length;
        int zone = zoneIndex(in, start, end);
        long local = IsoReader.timestamp(in, start, zone);
        long micros;
        if (zone == end) {
            micros = inZone(local, settings);
        } else {
            micros = shift(local, IsoReader.offset(in, zone, end));
        }
        in.skipBytes(length);
        return micros;
    }

    private static int zoneIndex(ByteBuf in, int start, int end) {
        for (int index = start + IsoReader.DATE_LENGTH + 1; index < end; index++) {
            byte character = in.getByte(index);
            if (character == '+' || character == '-' || character == 'Z') {
                return index;
            }
        }
        return end;
    }

    /**
     * The instant of a local time, where no change of the zone's offset is so near that there might be
     * two or none: the server's choice in gaps and overlaps is not copied.
     */
    private long inZone(long local, TextSettings settings) {
        ZoneRules rules = settings.zone();
        int offset = offsets.at(rules, unixSeconds(local));
        long micros = shift(local, offset);
        if (rules.isFixedOffset()) {
            requireProven(micros, settings);
            return micros;
        }
        requireProven(micros - OFFSET_SPAN * IsoCalendar.MICROS_PER_SECOND, settings);
        long seconds = unixSeconds(micros);
        ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(seconds - OFFSET_SPAN - 1));
        if (next != null && next.toEpochSecond() <= seconds + OFFSET_SPAN) {
            throw new NotExactException("a local time near a change of the zone's offset");
        }
        return micros;
    }

    private static long shift(long local, int offset) {
        return local - offset * IsoCalendar.MICROS_PER_SECOND;
    }

    private static long unixSeconds(long micros) {
        return Math.floorDiv(micros, IsoCalendar.MICROS_PER_SECOND) + IsoCalendar.EPOCH_SECONDS;
    }

    private static void requireProven(long micros, TextSettings settings) {
        if (micros < settings.zoneExactFrom()) {
            throw new NotExactException("an instant before the zone's rules are proven");
        }
    }
}
