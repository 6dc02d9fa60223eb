package dev.sqlmem.rules;

import dev.sqlmem.settings.TimeSpan;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How old a cached table may be.
 *
 * @param timeToLive null: until it is invalidated; else positive
 */
public record Freshness(@Nullable Duration timeToLive) {
    /** Until it is invalidated. */
    public static final Freshness MANUAL = new Freshness(null);

    private static final String TTL = "ttl:";

    public Freshness {
        if (timeToLive != null && (timeToLive.isNegative() || timeToLive.isZero())) {
            throw new IllegalArgumentException("a time to live is longer than nothing");
        }
    }

    /** Loaded again when older. */
    public static Freshness ttl(Duration timeToLive) {
        return new Freshness(timeToLive);
    }

    /**
     * Reads {@code manual} or {@code ttl:30s}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public static Freshness parse(String text) {
        String rule = text.strip().toLowerCase(Locale.ROOT);
        if (rule.equals("manual")) {
            return MANUAL;
        }
        if (rule.startsWith(TTL)) {
            Duration timeToLive = TimeSpan.parse(rule.substring(TTL.length()), ChronoUnit.SECONDS);
            if (!timeToLive.isZero()) {
                return new Freshness(timeToLive);
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is neither manual nor ttl:DURATION, for example ttl:30s");
    }

    @Override
    public String toString() {
        if (timeToLive == null) {
            return "manual";
        }
        return TTL + TimeSpan.format(timeToLive);
    }
}
