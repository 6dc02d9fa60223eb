package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Dates and timestamps in the DateStyles other than ISO (manual, "Date/Time Output"). */
public final class StyledWriter {
    private static final String[] DAYS = {"Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private StyledWriter() {}

    public static void date(int days, DateStyle style, ByteBuf out) {
        long packed = IsoCalendar.pack(days);
        date(packed, style, style.format() == DateStyle.Format.POSTGRES ? '-' : '/', out);
        IsoWriter.era(packed, out);
    }

    public static void timestamp(long micros, DateStyle style, ByteBuf out) {
        int days = (int) Math.floorDiv(micros, IsoCalendar.MICROS_PER_DAY);
        long packed = IsoCalendar.pack(days);
        long time = micros - days * IsoCalendar.MICROS_PER_DAY;
        if (style.format() == DateStyle.Format.POSTGRES) {
            String month = MONTHS[IsoCalendar.month(packed) - 1];
            name(DAYS[Math.floorMod(days, 7)], out);
            if (style.dayFirst()) {
                dayOfMonth(packed, out);
                name(month, out);
            } else {
                name(month, out);
                dayOfMonth(packed, out);
            }
            IsoWriter.time(time, out);
            out.writeByte(' ');
            year(packed, out);
        } else {
            date(packed, style, '/', out);
            out.writeByte(' ');
            IsoWriter.time(time, out);
        }
        IsoWriter.era(packed, out);
    }

    private static void date(long packed, DateStyle style, char separator, ByteBuf out) {
        boolean german = style.format() == DateStyle.Format.GERMAN;
        boolean dayFirst = german || style.dayFirst();
        char between;
        if (german) {
            between = '.';
        } else {
            between = separator;
        }
        out.writeShort(Digits.pair(dayFirst ? IsoCalendar.day(packed) : IsoCalendar.month(packed)));
        out.writeByte(between);
        out.writeShort(Digits.pair(dayFirst ? IsoCalendar.month(packed) : IsoCalendar.day(packed)));
        out.writeByte(between);
        year(packed, out);
    }

    private static void dayOfMonth(long packed, ByteBuf out) {
        out.writeShort(Digits.pair(IsoCalendar.day(packed)));
        out.writeByte(' ');
    }

    private static void name(String name, ByteBuf out) {
        out.writeCharSequence(name, StandardCharsets.US_ASCII);
        out.writeByte(' ');
    }

    private static void year(long packed, ByteBuf out) {
        int year = IsoCalendar.year(packed);
        int shown;
        if (year < 1) {
            shown = 1 - year;
        } else {
            shown = year;
        }
        Digits.writePadded(shown, Math.max(4, Digits.count(shown)), out);
    }
}
