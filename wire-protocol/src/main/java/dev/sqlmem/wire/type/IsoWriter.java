package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Dates and times in DateStyle ISO. */
public final class IsoWriter {
    private static final byte[] INFINITY = "infinity".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MINUS_INFINITY = "-infinity".getBytes(StandardCharsets.US_ASCII);
    private static final int BEFORE_CHRIST = ' ' << 16 | 'B' << 8 | 'C';

    private IsoWriter() {}

    public static void infinity(boolean positive, ByteBuf out) {
        out.writeBytes(positive ? INFINITY : MINUS_INFINITY);
    }

    /** Writes year, month and day; a year before 1 needs {@link #era} at the very end. */
    public static void date(long packed, ByteBuf out) {
        int year = IsoCalendar.year(packed);
        if (year < 1) {
            year = 1 - year;
        }
        long monthAndDashes = (long) '-' << 24 | (long) Digits.pair(IsoCalendar.month(packed)) << 8 | '-';
        if (year < 10_000) {
            int century = year / 100;
            out.writeLong((long) Digits.pair(century) << 48
                    | (long) Digits.pair(year - century * 100) << 32
                    | monthAndDashes);
        } else {
            Digits.write(year, out);
            out.writeInt((int) monthAndDashes);
        }
        out.writeShort(Digits.pair(IsoCalendar.day(packed)));
    }

    public static void era(long packed, ByteBuf out) {
        if (IsoCalendar.year(packed) < 1) {
            out.writeMedium(BEFORE_CHRIST);
        }
    }

    /** Writes a time of day in microseconds, 24:00:00 included. */
    public static void time(long micros, ByteBuf out) {
        int seconds = (int) (micros / IsoCalendar.MICROS_PER_SECOND);
        int fraction = (int) (micros - seconds * IsoCalendar.MICROS_PER_SECOND);
        int minutes = seconds / 60;
        int hours = minutes / 60;
        out.writeLong((long) Digits.pair(hours) << 48
                | (long) ':' << 40
                | (long) Digits.pair(minutes - hours * 60) << 24
                | ':' << 16
                | Digits.pair(seconds - minutes * 60));
        if (fraction != 0) {
            fraction(fraction, out);
        }
    }

    /** Writes a zone offset in seconds east, as {@code ±HH[:MM[:SS]]}. */
    public static void offset(int seconds, ByteBuf out) {
        int absolute = Math.abs(seconds);
        int minutes = absolute / 60;
        out.writeByte(seconds < 0 ? '-' : '+');
        out.writeShort(Digits.pair(minutes / 60));
        if (absolute % 3600 != 0) {
            out.writeByte(':');
            out.writeShort(Digits.pair(minutes % 60));
        }
        if (absolute % 60 != 0) {
            out.writeByte(':');
            out.writeShort(Digits.pair(absolute % 60));
        }
    }

    private static void fraction(int micros, ByteBuf out) {
        int digits = 6;
        int rest = micros;
        while (rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        out.writeByte('.');
        Digits.writePadded(rest, digits, out);
    }
}
