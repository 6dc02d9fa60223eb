package dev.sqlmem.wire.type;

/** The proleptic Gregorian calendar in days since 2000-01-01, without garbage. */
public final class IsoCalendar {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    /** Seconds from the Unix epoch to 2000-01-01 UTC. */
    public static final long EPOCH_SECONDS = 946_684_800L;

    // Counting from 0000-03-01 puts the leap day at a year's end and lets every 400 years look alike.
    private static final int EPOCH_FROM_MARCH = 730_425;
    private static final int DAYS_PER_ERA = 146_097;

    private IsoCalendar() {}

    /** The date as year·512 + month·32 + day, with year 0 for 1 BC. */
    public static long pack(int days) {
        int shifted = days + EPOCH_FROM_MARCH;
        int era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = shifted - era * DAYS_PER_ERA;
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int marchYear = yearOfEra + era * 400;
        if (marchMonth < 10) {
            return pack(marchYear, marchMonth + 3, day);
        }
        return pack(marchYear + 1, marchMonth - 9, day);
    }

    static int year(long packed) {
        return (int) (packed >> 9);
    }

    static int month(long packed) {
        return (int) packed >> 5 & 15;
    }

    static int day(long packed) {
        return (int) packed & 31;
    }

    /**
     * The day number of a date.
     *
     * @throws NotExactException where the calendar has no such day
     */
    static int days(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            throw new NotExactException("no such date");
        }
        int marchYear;
        if (month > 2) {
            marchYear = year;
        } else {
            marchYear = year - 1;
        }
        int era = Math.floorDiv(marchYear, 400);
        int yearOfEra = marchYear - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        int days = era * DAYS_PER_ERA + dayOfEra - EPOCH_FROM_MARCH;
        if (pack(days) != pack(year, month, day)) {
            throw new NotExactException("no such date");
        }
        return days;
    }

    private static long pack(int year, int month, int day) {
        return (long) year << 9 | month << 5 | day;
    }
}
