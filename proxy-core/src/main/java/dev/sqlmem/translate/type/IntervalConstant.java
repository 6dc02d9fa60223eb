package dev.sqlmem.translate.type;

import dev.sqlmem.wire.type.Oid;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A constant interval.
 *
 * @param months whole months
 * @param days whole days beside them
 * @param micros the time beside these
 * @param literal what it was read from, to compare with
 */
public record IntervalConstant(long months, long days, long micros, Value literal) implements Operand {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final Pattern PART =
            Pattern.compile("(\\d{1,6}) ?([a-z]+)|(\\d{1,4}):(\\d{2})(?::(\\d{2}))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final int MOST_MONTHS = 12_000;
    private static final int MOST_DAYS = 365_000;

    private static final Map<String, Long> TIMES = Map.of(
            "hour", 3_600_000_000L,
            "hours", 3_600_000_000L,
            "minute", 60_000_000L,
            "minutes", 60_000_000L,
            "second", 1_000_000L,
            "seconds", 1_000_000L);
    private static final Map<String, Long> DAYS = Map.of("day", 1L, "days", 1L, "week", 7L, "weeks", 7L);
    private static final Map<String, Long> MONTHS = Map.of("month", 1L, "months", 1L, "year", 12L, "years", 12L);
    private static final Set<String> FIELDS = Set.of("year", "month", "day", "hour", "minute", "second");

    @Override
    public int type() {
        return Oid.INTERVAL;
    }

    /** Reads a text in the spelling that no IntervalStyle changes. */
    public static IntervalConstant of(String text, Value literal) throws NotTranslatable {
        IntervalConstant sum = new IntervalConstant(0, 0, 0, literal);
        Matcher part = PART.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!part.find(at) || part.start() != at) {
                throw new NotTranslatable("an interval that is spelt unusually");
            }
            if (part.group(3) == null) {
                sum = sum.plus(Long.parseLong(part.group(1)), part.group(2).toLowerCase(Locale.ROOT));
            } else {
                sum = new IntervalConstant(sum.months, sum.days, sum.micros + clock(part, text), literal);
            }
            at = part.end();
            if (at < text.length() && text.charAt(at) == ' ') {
                at += 1;
            }
        }
        if (text.isEmpty() || text.endsWith(" ")) {
            throw new NotTranslatable("an interval that is spelt unusually");
        }
        return sum.checked();
    }

    /** Reads the number of a field that stands behind the literal: {@code INTERVAL '3' MONTH}. */
    public static IntervalConstant of(String text, String field, Value literal) throws NotTranslatable {
        if (!NUMBER.matcher(text).matches() || !FIELDS.contains(field)) {
            throw new NotTranslatable("an interval that is spelt unusually");
        }
        return new IntervalConstant(0, 0, 0, literal)
                .plus(Long.parseLong(text), field)
                .checked();
    }

    private static long clock(Matcher part, String text) throws NotTranslatable {
        String seconds;
        if (part.group(5) == null) {
            seconds = "0";
        } else {
            seconds = part.group(5);
        }
        if (part.end() != text.length() || part.group(4).compareTo("59") > 0 || seconds.compareTo("59") > 0) {
            throw new NotTranslatable("an interval that is spelt unusually");
        }
        return Long.parseLong(part.group(3)) * 3_600_000_000L
                + Long.parseLong(part.group(4)) * 60_000_000L
                + Long.parseLong(seconds) * 1_000_000L;
    }

    private IntervalConstant plus(long amount, String unit) throws NotTranslatable {
        Long of = MONTHS.get(unit);
        if (of != null) {
            return new IntervalConstant(months + amount * of, days, micros, literal);
        }
        of = DAYS.get(unit);
        if (of != null) {
            return new IntervalConstant(months, days + amount * of, micros, literal);
        }
        of = TIMES.get(unit);
        if (of == null) {
            throw new NotTranslatable("an interval that is spelt unusually");
        }
        return new IntervalConstant(months, days, micros + amount * of, literal);
    }

    private IntervalConstant checked() throws NotTranslatable {
        if (months > MOST_MONTHS || days > MOST_DAYS || micros > MOST_DAYS * MICROS_PER_DAY) {
            throw new NotTranslatable("an interval of many centuries");
        }
        return this;
    }

    /** The time of days and micros. */
    public long time() {
        return days * MICROS_PER_DAY + micros;
    }
}
