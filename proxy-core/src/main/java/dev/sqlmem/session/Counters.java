package dev.sqlmem.session;

import java.util.concurrent.atomic.LongAdder;

/** Counts over all sessions, for {@code sqlmem.stats}. Thread-safe. */
public final class Counters {
    /** Statements answered without any upstream statement. */
    public final LongAdder hits = new LongAdder();

    /** Statements answered from the cache that caused or awaited a load. */
    public final LongAdder misses = new LongAdder();

    /** Statements that went upstream. */
    public final LongAdder relayed = new LongAdder();

    /** Statements refused. */
    public final LongAdder refused = new LongAdder();

    /** Statements over the proxy's own tables. */
    public final LongAdder local = new LongAdder();

    /** Answers given up for the upstream's. */
    public final LongAdder fallbacks = new LongAdder();

    /** Sessions opened so far. */
    public final LongAdder connections = new LongAdder();
}
