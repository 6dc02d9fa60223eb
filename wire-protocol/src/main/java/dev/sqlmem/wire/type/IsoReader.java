package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;

/**
 * Dates and times as text, in the one spelling that no setting can change the meaning of: a four-digit
 * year of our era, two digits for all else, at most six fraction digits. Indexes are absolute; nothing
 * is moved.
 */
public final class IsoReader {
    public static final int DATE_LENGTH = 10;
    static final int TIME_LENGTH = 8;

    private IsoReader() {}

    /** Reads {@code YYYY-MM-DD} as days since 2000-01-01. */
    public static int date(ByteBuf in, int index) {
        int year = Digits.twoDigits(in, index) * 100 + Digits.twoDigits(in, index + 2);
        require(in, index + 4, '-');
        int month = Digits.twoDigits(in, index + 5);
        require(in, index + 7, '-');
        int day = Digits.twoDigits(in, index + 8);
        if (year == 0) {
            throw new NotExactException("no year zero");
        }
        return IsoCalendar.days(year, month, day);
    }

    /** Reads {@code HH:MM:SS[.f{1,6}]} up to {@code end} as microseconds; at most 23:59:59.999999. */
    public static long time(ByteBuf in, int index, int end) {
        if (end - index < TIME_LENGTH) {
            throw new NotExactException("not a canonical time");
        }
        int hours = Digits.twoDigits(in, index);
        require(in, index + 2, ':');
        int minutes = Digits.twoDigits(in, index + 3);
        require(in, index + 5, ':');
        int seconds = Digits.twoDigits(in, index + 6);
        if (hours > 23 || minutes > 59 || seconds > 59) {
            throw new NotExactException("not a time of day");
        }
        int whole = (hours * 60 + minutes) * 60 + seconds;
        return whole * IsoCalendar.MICROS_PER_SECOND + fraction(in, index + TIME_LENGTH, end);
    }

    /** Reads a date, a space or T, and a time, up to {@code end}, as microseconds since 2000-01-01. */
    public static long timestamp(ByteBuf in, int index, int end) {
        if (end - index < DATE_LENGTH + 1 + TIME_LENGTH) {
            throw new NotExactException("not a canonical timestamp");
        }
        byte separator = in.getByte(index + DATE_LENGTH);
        if (separator != ' ' && separator != 'T') {
            throw new NotExactException("not a canonical timestamp");
        }
        return date(in, index) * IsoCalendar.MICROS_PER_DAY + time(in, index + DATE_LENGTH + 1, end);
    }

    /** Reads {@code Z}, {@code ±HH} or {@code ±HH:MM} up to {@code end} as seconds east, at most 14 hours. */
    public static int offset(ByteBuf in, int index, int end) {
        byte sign = in.getByte(index);
        int length = end - index;
        if (sign == 'Z' && length == 1) {
            return 0;
        }
        if ((sign != '+' && sign != '-') || (length != 3 && length != 6)) {
            throw new NotExactException("not a canonical zone offset");
        }
        int hours = Digits.twoDigits(in, index + 1);
        int minutes = 0;
        if (length == 6) {
            require(in, index + 3, ':');
            minutes = Digits.twoDigits(in, index + 4);
        }
        if (hours > 14 || minutes > 59) {
            throw new NotExactException("no zone offset in use");
        }
        int seconds = (hours * 60 + minutes) * 60;
        if (sign == '-') {
            return -seconds;
        }
        return seconds;
    }

    private static int fraction(ByteBuf in, int index, int end) {
        if (index == end) {
            return 0;
        }
        int digits = end - index - 1;
        if (in.getByte(index) != '.' || digits < 1 || digits > 6) {
            throw new NotExactException("not a fraction of microseconds");
        }
        int micros = 0;
        for (int i = 1; i <= 6; i++) {
            micros = micros * 10 + (i <= digits ? Digits.digit(in, index + i) : 0);
        }
        return micros;
    }

    private static void require(ByteBuf in, int index, char expected) {
        if (in.getByte(index) != expected) {
            throw new NotExactException("not a canonical date or time");
        }
    }
}
