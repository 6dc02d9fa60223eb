package dev.sqlmem.plan;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often a shape was asked and how long it took, for {@code sqlmem.statements}. Thread-safe.
 *
 * <p>When its shape makes room, an heir takes what was counted, and what is counted by those who still hold it:
 * the sum over all counters stays true.
 */
public final class StatementCounters {
    /** Two buckets for each power of two of nanoseconds. */
    private static final int BUCKETS = 2 * Long.SIZE;

    private volatile @Nullable String relayedBecause;
    private final LongAdder calls = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder fallbacks = new LongAdder();
    private final LongAdder verified = new LongAdder();
    private final LongAdder mismatches = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final AtomicLongArray histogram = new AtomicLongArray(BUCKETS);
    private volatile @Nullable StatementCounters heir;

    /** Hands over what was counted so far and from now on. */
    void leaveTo(StatementCounters another) {
        heir = another;
        handOver();
    }

    /** Keeps what is counted from now on. */
    void keepAgain() {
        heir = null;
    }

    /** After each count: either this or {@link #leaveTo} sees what the other has done. */
    private void handOver() {
        StatementCounters to = heir;
        if (to == null) {
            return;
        }
        move(calls, to.calls);
        move(hits, to.hits);
        move(misses, to.misses);
        move(refused, to.refused);
        move(rows, to.rows);
        move(verified, to.verified);
        move(mismatches, to.mismatches);
        move(nanos, to.nanos);
        for (int i = 0; i < BUCKETS; i++) {
            if (histogram.get(i) != 0) {
                to.histogram.addAndGet(i, histogram.getAndSet(i, 0));
            }
        }
    }

    private static void move(LongAdder from, LongAdder to) {
        to.add(from.sumThenReset());
    }

    /** Counts an answer without any upstream statement. */
    public void hit(long rowCount, long elapsedNanos) {
        hits.increment();
        answered(rowCount, elapsedNanos);
    }

    /** Counts an answer that caused or awaited a load. */
    public void miss(long rowCount, long elapsedNanos) {
        misses.increment();
        answered(rowCount, elapsedNanos);
    }

    /** Counts an answer of the proxy's own tables. */
    public void local(long rowCount, long elapsedNanos) {
        answered(rowCount, elapsedNanos);
    }

    /** Counts a statement that went upstream for this reason. */
    public void relayed(String reason) {
        calls.increment();
        relayedBecause = reason;
        handOver();
    }

    /** Why it last went upstream, or null where it never did. */
    public @Nullable String relayedBecause() {
        return relayedBecause;
    }

    /** Counts a refusal. */
    public void refused() {
        calls.increment();
        refused.increment();
        handOver();
    }

    /** Counts an answer that was given up; returns how many there were, of this shape alone. */
    public long fallback() {
        fallbacks.increment();
        return fallbacks.sum();
    }

    /** Counts an answer that was compared with the upstream's. */
    public void verify(boolean same) {
        verified.increment();
        if (!same) {
            mismatches.increment();
        }
        handOver();
    }

    private void answered(long rowCount, long elapsedNanos) {
        calls.increment();
        rows.add(rowCount);
        nanos.add(elapsedNanos);
        histogram.incrementAndGet(bucket(Math.max(1, elapsedNanos)));
        handOver();
    }

    public long calls() {
        return calls.sum();
    }

    public long hits() {
        return hits.sum();
    }

    public long misses() {
        return misses.sum();
    }

    /** How many answers were compared with the upstream's. */
    public long verified() {
        return verified.sum();
    }

    /** How many of these were wrong. */
    public long mismatches() {
        return mismatches.sum();
    }

    public long rows() {
        return rows.sum();
    }

    /** The mean time of the proxy's own answers in microseconds. */
    public long meanMicros() {
        long answers = 0;
        for (int i = 0; i < BUCKETS; i++) {
            answers += histogram.get(i);
        }
        if (answers == 0) {
            return 0;
        }
        return nanos.sum() / answers / 1_000;
    }

    /** An upper bound of the 99th percentile of the same in microseconds, exact to a factor of 1.5. */
    public long p99Micros() {
        long answers = 0;
        for (int i = 0; i < BUCKETS; i++) {
            answers += histogram.get(i);
        }
        long rest = answers / 100;
        for (int i = BUCKETS - 1; i >= 0; i--) {
            rest -= histogram.get(i);
            if (rest < 0) {
                return upper(i) / 1_000;
            }
        }
        return 0;
    }

    private static int bucket(long value) {
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int half;
        if (power == 0) {
            half = 0;
        } else {
            half = (int) (value >>> (power - 1)) & 1;
        }
        return 2 * power + half;
    }

    private static long upper(int bucket) {
        int power = bucket / 2;
        if (power >= Long.SIZE - 2) {
            return Long.MAX_VALUE;
        }
        if (bucket % 2 == 0) {
            return (1L << power) + (1L << power) / 2;
        }
        return 1L << (power + 1);
    }
}
