package dev.sqlmem.session.answer;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.metrics.Counters;
import dev.sqlmem.wire.type.NotExactException;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Why the cache gave up an answer, which then goes upstream.
 *
 * <p>A guard that the plan itself has set (an overflow, a value that a codec cannot write exactly)
 * says something of these values, not of the shape: it is counted and that is all.
 * Anything else should not happen; after the third time the shape is left to the upstream for good.
 *
 * @param expected whether a guard of the plan's own stopped it
 * @param reason for everyone to see: no value is in it
 * @param detail for the log at DEBUG
 */
public record Fallback(boolean expected, String reason, String detail) {
    private static final Logger LOG = LogManager.getLogger(Fallback.class);
    private static final int DISABLE_AFTER = 3;

    /** Says what an exception means. */
    public static Fallback of(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof NotExactException) {
            return new Fallback(true, message, message);
        }
        if (failure instanceof CacheException cache) {
            return new Fallback(cache.isGuard(), message, message);
        }
        // such a message may hold a value
        return new Fallback(false, failure.getClass().getSimpleName(), String.valueOf(failure));
    }

    /** Counts it, disables the shape if that is due, and returns the reason. */
    public String count(@Nullable ShapeEntry of, Counters counters) {
        counters.fallbacks.increment();
        LOG.debug("an answer goes upstream after all: {}", detail);
        if (of == null || expected) {
            return reason;
        }
        long times = of.counters().fallback();
        if (times >= DISABLE_AFTER && of.disabled() == null) {
            of.disable(String.format(Locale.ROOT, "the cache failed %d times: %s", times, reason));
            LOG.warn(
                    "no more answers from the cache after {} failures ({}): {}",
                    times,
                    reason,
                    of.key().display());
        }
        return reason;
    }
}
