package dev.sqlmem.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How old a cached table may be.
 *
 * @param timeToLive null: until it is invalidated
 */
record Freshness(@Nullable Duration timeToLive) {
    private static final String TTL = "ttl:";

    /**
     * Reads {@code manual} or {@code ttl:30s}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    static Freshness parse(String text) {
        String rule = text.strip().toLowerCase(Locale.ROOT);
        if (rule.equals("manual")) {
            return new Freshness(null);
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
        return timeToLive == null ? "manual" : TTL + TimeSpan.format(timeToLive);
    }
}
