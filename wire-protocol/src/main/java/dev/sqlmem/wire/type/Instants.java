package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;

/** What timestamp and timestamptz share: microseconds since 2000-01-01, infinities at the ends. */
public final class Instants {
    /** 4714-11-24 00:00:00 BC. */
    private static final long FIRST = -211_813_488_000_000_000L;

    /** 294276-12-31 23:59:59.999999. */
    private static final long LAST = 9_223_371_331_199_999_999L;

    private Instants() {}

    public static boolean isInfinite(long micros) {
        return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
    }

    public static long readBinary(ByteBuf in, int length) {
        Lengths.requireExact(length, 8);
        long micros = in.readLong();
        if (!isInfinite(micros) && (micros < FIRST || micros > LAST)) {
            throw new NotExactException("a timestamp out of range");
        }
        return micros;
    }

    public static boolean isInfinityText(ByteBuf in, int length) {
        return Ascii.equals(in, length, "infinity") || Ascii.equals(in, length, "-infinity");
    }

    /** Reads what {@link #isInfinityText} has recognised. */
    public static long readInfinity(ByteBuf in, int length) {
        long micros;
        if (in.getByte(in.readerIndex()) == '-') {
            micros = Long.MIN_VALUE;
        } else {
            micros = Long.MAX_VALUE;
        }
        in.skipBytes(length);
        return micros;
    }

    /** Writes date and time of a finite local time; the era's mark is still missing. Returns the packed date. */
    public static long writeLocal(long micros, ByteBuf out) {
        int days = (int) Math.floorDiv(micros, IsoCalendar.MICROS_PER_DAY);
        long packed = IsoCalendar.pack(days);
        IsoWriter.date(packed, out);
        out.writeByte(' ');
        IsoWriter.time(micros - days * IsoCalendar.MICROS_PER_DAY, out);
        return packed;
    }
}
