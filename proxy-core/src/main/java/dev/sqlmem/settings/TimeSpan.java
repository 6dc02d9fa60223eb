package dev.sqlmem.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations as people type them: {@code 200ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 2d}. */
public final class TimeSpan {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([a-z]*)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "min", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private TimeSpan() {}

    /**
     * Reads a duration.
     *
     * @param bare the unit of a number without one
     * @throws IllegalArgumentException when the text is no duration
     */
    public static Duration parse(String text, ChronoUnit bare) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            ChronoUnit unit;
            if (matcher.group(2).isEmpty()) {
                unit = bare;
            } else {
                unit = UNITS.get(matcher.group(2));
            }
            if (unit != null) {
                return Duration.of(Long.parseLong(matcher.group(1)), unit);
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a duration, for example 200ms, 30s, 5m or 1h");
    }

    /** The shortest text that reads back as the same duration. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + "h";
        }
        if (seconds % 60 == 0 && seconds > 0) {
            return seconds / 60 + "m";
        }
        return seconds + "s";
    }
}
