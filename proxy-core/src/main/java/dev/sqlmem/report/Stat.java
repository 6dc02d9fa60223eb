package dev.sqlmem.report;

import java.util.Locale;

/**
 * One number of the proxy as a whole: a row of {@code sqlmem.stats}, a field of {@code /status.json} and a
 * metric. A new number is added in {@code Stats} and then shows in all of them.
 *
 * @param name the name in {@code sqlmem.stats}
 * @param value as it is shown there
 * @param metric the metric's name without prefix and suffix
 * @param perUnit how many of {@code value} make one of the metric's unit: 1,000 where a metric in seconds is
 *     shown in milliseconds
 * @param kind whether it only grows
 * @param help what it is, in one sentence
 */
public record Stat(String name, long value, String metric, int perUnit, Kind kind, String help) {

    /** The columns of {@code sqlmem.stats}. */
    public static final Report<Stat> REPORT = Report.<Stat>empty()
            .text("name", "the name of a number", Stat::name)
            .number("value", "the number", Stat::value);

    /** Prometheus' types of single numbers. */
    public enum Kind {
        /** Grows from zero while the proxy runs. */
        COUNTER,
        /** Goes up and down. */
        GAUGE;

        /** The name in the text format. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Stat counter(String name, long value, String help) {
        return new Stat(name, value, name, 1, Kind.COUNTER, help);
    }

    public static Stat gauge(String name, long value, String help) {
        return new Stat(name, value, name, 1, Kind.GAUGE, help);
    }

    /** The same under another name in metrics. */
    public Stat as(String otherMetric) {
        return new Stat(name, value, otherMetric, perUnit, kind, help);
    }

    /** The same, as a metric in seconds of a value in milliseconds. */
    public Stat inSeconds(String otherMetric) {
        return new Stat(name, value, otherMetric, 1_000, kind, help);
    }
}
