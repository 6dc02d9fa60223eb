package dev.sqlmem.database;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Whether the upstream server answers, as whoever asked it last has found. Thread-safe. */
public final class UpstreamState {
    private static final Logger LOG = LogManager.getLogger(UpstreamState.class);

    private final String upstream;
    private final AtomicReference<@Nullable Loss> loss = new AtomicReference<>();

    private record Loss(String reason, long since) {}

    UpstreamState(Object upstream) {
        this.upstream = upstream.toString();
    }

    /** It was asked and did not answer. Said once in the log, until it answers again. */
    public void lost(String reason) {
        if (loss.compareAndSet(null, new Loss(reason, System.nanoTime()))) {
            LOG.warn(
                    "the upstream {} is lost: {}. Sessions end or fail until it is back; cached answers stop {} s after"
                            + " its catalogs were last seen.",
                    upstream,
                    reason,
                    CatalogWatch.LOST_AFTER_SECONDS);
        }
    }

    /** It has answered. */
    public void answered() {
        Loss before = loss.get();
        if (before != null && loss.compareAndSet(before, null)) {
            LOG.info(
                    "the upstream {} is back after {} s", upstream, (System.nanoTime() - before.since) / 1_000_000_000);
        }
    }

    /** Why it is taken for lost, or null. */
    public @Nullable String reason() {
        Loss now = loss.get();
        if (now == null) {
            return null;
        }
        return now.reason;
    }
}
