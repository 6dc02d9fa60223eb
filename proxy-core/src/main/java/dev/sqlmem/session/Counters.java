package dev.sqlmem.session;

import java.util.Arrays;
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

    private final LongAdder[] relayed = new LongAdder[RelayReason.values().length];

    /** Creates counters that stand at zero. */
    public Counters() {
        Arrays.setAll(relayed, reason -> new LongAdder());
    }

    /** Counts a statement that goes upstream. */
    void relayed(RelayReason reason) {
        relayed[reason.ordinal()].increment();
    }

    /** How many statements went upstream for reasons of this class. */
    public long relayedFor(RelayReason reason) {
        return relayed[reason.ordinal()].sum();
    }
}
