package dev.sqlmem.session.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts over all sessions, for {@code sqlmem.stats}, the metrics and the status page. Thread-safe. */
public final class Counters {
    /** Statements answered without any upstream statement. */
    public final Latencies hits = new Latencies();

    /** Statements answered from the cache that caused or awaited a load. */
    public final Latencies misses = new Latencies();

    /** Statements over the proxy's own tables. */
    public final Latencies local = new Latencies();

    /** Relayed statements from their leaving to the end of their batch; those that never end are not among them. */
    public final Latencies relays = new Latencies();

    /** Statements refused. */
    public final LongAdder refused = new LongAdder();

    /** Answers given up for the upstream's. */
    public final LongAdder fallbacks = new LongAdder();

    /** Sessions opened so far. */
    public final LongAdder connections = new LongAdder();

    /** Complete and never changed, so that no thread needs a lock. */
    private final Map<RelayReason, LongAdder> relayed;

    /** Creates counters that stand at zero. */
    public Counters() {
        EnumMap<RelayReason, LongAdder> byReason = new EnumMap<>(RelayReason.class);
        for (RelayReason reason : RelayReason.values()) {
            byReason.put(reason, new LongAdder());
        }
        relayed = byReason;
    }

    /** Counts a statement that goes upstream. */
    public void relayed(RelayReason reason) {
        of(reason).increment();
    }

    /** How many statements went upstream for reasons of this class. */
    public long relayedFor(RelayReason reason) {
        return of(reason).sum();
    }

    private LongAdder of(RelayReason reason) {
        LongAdder count = relayed.get(reason);
        if (count == null) {
            throw new IllegalStateException("no count for " + reason);
        }
        return count;
    }
}
