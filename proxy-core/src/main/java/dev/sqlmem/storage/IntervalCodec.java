package dev.sqlmem.storage;

import dev.sqlmem.wire.type.IntervalReader;
import dev.sqlmem.wire.type.IntervalText;
import dev.sqlmem.wire.type.IsoCalendar;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * {@code interval}: months, days and microseconds, compared as if a month had 30 days and a day 24 hours, so
 * that '1 mon' and '30 days' are equal and look different (manual, "Date/Time Types").
 *
 * <p>The greatest and the least value in all three fields are the infinities, which version 17 introduced.
 */
final class IntervalCodec extends KeyedCodec {
    static final int OID = 1186;

    private static final int BYTES = 16;
    private static final int KEY_BYTES = 12;
    private static final int DAYS_PER_MONTH = 30;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return BYTES;
    }

    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, BYTES);
        long micros = in.readLong();
        int days = in.readInt();
        return key(micros, days, in.readInt());
    }

    /** Reads numbers with units and a time of day, each unit once at most: {@code 1 year 2 days 03:04:05.6}. */
    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        IntervalReader reader = new IntervalReader(in, length, settings.intervals());
        byte[] key = key(reader.micros(), reader.days(), reader.months());
        in.skipBytes(length);
        return key;
    }

    @Override
    public TextDependence textDependence() {
        return TextDependence.SETTINGS;
    }

    @Override
    public void writeText(byte[] wire, int typmod, TextSettings settings, ByteBuf out) {
        ByteBuffer fields = ByteBuffer.wrap(wire);
        long micros = fields.getLong();
        int days = fields.getInt();
        int months = fields.getInt();
        String text;
        if (isInfinite(micros, days, months)) {
            if (months > 0) {
                text = "infinity";
            } else {
                text = "-infinity";
            }
        } else {
            text = new IntervalText(micros, days, months).print(settings.intervals());
        }
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    @Override
    public void writeBinary(byte[] wire, int typmod, ByteBuf out) {
        out.writeBytes(wire);
    }

    /** Fields that carry over into the next one as times and dates do leave no choice; so does a single field. */
    @Override
    public int representation(byte[] wire) {
        ByteBuffer fields = ByteBuffer.wrap(wire);
        long micros = fields.getLong();
        int days = fields.getInt();
        int months = fields.getInt();
        boolean carried =
                months >= 0 && days >= 0 && days < DAYS_PER_MONTH && micros >= 0 && micros < IsoCalendar.MICROS_PER_DAY;
        if (carried) {
            return 1;
        }
        return NO_REPRESENTATION;
    }

    private static boolean isInfinite(long micros, int days, int months) {
        return (micros == Long.MAX_VALUE && days == Integer.MAX_VALUE && months == Integer.MAX_VALUE)
                || (micros == Long.MIN_VALUE && days == Integer.MIN_VALUE && months == Integer.MIN_VALUE);
    }

    /** The whole span in microseconds plus 2^95, in twelve bytes. */
    private static byte[] key(long micros, int days, int months) {
        long spanDays = (long) months * DAYS_PER_MONTH + days;
        long high = Math.multiplyHigh(spanDays, IsoCalendar.MICROS_PER_DAY);
        long low = spanDays * IsoCalendar.MICROS_PER_DAY;
        long sum = low + micros;
        high += (micros >> 63) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        return ByteBuffer.allocate(KEY_BYTES)
                .putInt((int) high ^ Integer.MIN_VALUE)
                .putLong(sum)
                .array();
    }
}
