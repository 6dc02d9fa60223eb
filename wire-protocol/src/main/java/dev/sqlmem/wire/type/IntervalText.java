package dev.sqlmem.wire.type;

/** One interval as text in the four styles (manual, "Interval Output"). */
public final class IntervalText {
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final long MICROS_PER_MINUTE = 60_000_000L;

    private final int years;
    private final int months;
    private final int days;
    private final long hours;
    private final int minutes;
    private final int seconds;
    private final int fraction;
    private final StringBuilder out = new StringBuilder(48);
    private boolean first = true;
    private boolean afterNegative;

    /** Takes the three fields; all parts have the sign of theirs. */
    public IntervalText(long micros, int days, int months) {
        this.years = months / 12;
        this.months = months % 12;
        this.days = days;
        this.hours = micros / MICROS_PER_HOUR;
        this.minutes = (int) (micros % MICROS_PER_HOUR / MICROS_PER_MINUTE);
        this.seconds = (int) (micros % MICROS_PER_MINUTE / IsoCalendar.MICROS_PER_SECOND);
        this.fraction = (int) (micros % IsoCalendar.MICROS_PER_SECOND);
    }

    public String print(IntervalStyle style) {
        switch (style) {
            case POSTGRES -> postgres();
            case POSTGRES_VERBOSE -> verbose();
            case SQL_STANDARD -> sql();
            case ISO_8601 -> iso();
        }
        return out.toString();
    }

    private boolean hasTime() {
        return hours != 0 || minutes != 0 || seconds != 0 || fraction != 0;
    }

    private boolean isTimeNegative() {
        return hours < 0 || minutes < 0 || seconds < 0 || fraction < 0;
    }

    private void postgres() {
        postgres(years, "year");
        postgres(months, "mon");
        postgres(days, "day");
        if (first || hasTime()) {
            out.append(first ? "" : " ").append(isTimeNegative() ? "-" : afterNegative ? "+" : "");
            padded(Math.abs(hours));
            out.append(':');
            padded(Math.abs(minutes));
            out.append(':');
            seconds(true);
        }
    }

    private void postgres(int value, String unit) {
        if (value == 0) {
            return;
        }
        out.append(first ? "" : " ").append(afterNegative && value > 0 ? "+" : "");
        out.append(value).append(' ').append(unit).append(value == 1 ? "" : "s");
        afterNegative = value < 0;
        first = false;
    }

    private void verbose() {
        out.append('@');
        verbose(years, "year");
        verbose(months, "mon");
        verbose(days, "day");
        verbose(hours, "hour");
        verbose(minutes, "min");
        if (seconds != 0 || fraction != 0) {
            boolean negative = seconds < 0 || (seconds == 0 && fraction < 0);
            if (negative && first) {
                afterNegative = true;
                out.append(' ');
            } else {
                out.append(negative == afterNegative ? " " : " -");
            }
            seconds(false);
            out.append(" sec").append(Math.abs(seconds) == 1 && fraction == 0 ? "" : "s");
            first = false;
        }
        out.append(first ? " 0" : "").append(afterNegative ? " ago" : "");
    }

    /** The sign of the first part is told by "ago" at the end, the others' in relation to it. */
    private void verbose(long value, String unit) {
        if (value == 0) {
            return;
        }
        if (first) {
            afterNegative = value < 0;
            first = false;
        }
        long shown;
        if (afterNegative) {
            shown = -value;
        } else {
            shown = value;
        }
        out.append(' ').append(shown).append(' ').append(unit).append(shown == 1 ? "" : "s");
    }

    private void sql() {
        boolean negative = years < 0 || months < 0 || days < 0 || isTimeNegative();
        boolean positive = years > 0 || months > 0 || days > 0 || (hasTime() && !isTimeNegative());
        boolean hasMonths = years != 0 || months != 0;
        boolean mixed = (negative && positive) || (hasMonths && (days != 0 || hasTime()));
        if (!negative && !positive) {
            out.append('0');
        } else if (mixed) {
            out.append(years < 0 || months < 0 ? '-' : '+');
            out.append(Math.abs(years)).append('-').append(Math.abs(months)).append(' ');
            out.append(days < 0 ? '-' : '+').append(Math.abs((long) days)).append(' ');
            out.append(isTimeNegative() ? '-' : '+');
            sqlTime();
        } else {
            out.append(negative ? "-" : "");
            if (hasMonths) {
                out.append(Math.abs(years)).append('-').append(Math.abs(months));
            } else {
                out.append(days == 0 ? "" : Math.abs((long) days) + " ");
                sqlTime();
            }
        }
    }

    private void sqlTime() {
        out.append(Math.abs(hours)).append(':');
        padded(Math.abs(minutes));
        out.append(':');
        seconds(true);
    }

    private void iso() {
        out.append('P');
        iso(years, 'Y');
        iso(months, 'M');
        iso(days, 'D');
        if (hasTime()) {
            out.append('T');
            iso(hours, 'H');
            iso(minutes, 'M');
            if (seconds != 0 || fraction != 0) {
                out.append(seconds < 0 || fraction < 0 ? "-" : "");
                seconds(false);
                out.append('S');
            }
        } else if (out.length() == 1) {
            out.append("T0S");
        }
    }

    private void iso(long value, char unit) {
        if (value != 0) {
            out.append(value).append(unit);
        }
    }

    private void seconds(boolean twoDigits) {
        if (twoDigits) {
            padded(Math.abs(seconds));
        } else {
            out.append(Math.abs(seconds));
        }
        if (fraction != 0) {
            String digits = String.valueOf(IsoCalendar.MICROS_PER_SECOND + Math.abs(fraction));
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            out.append('.').append(digits, 1, end);
        }
    }

    private void padded(long value) {
        out.append(value < 10 ? "0" : "").append(value);
    }
}
