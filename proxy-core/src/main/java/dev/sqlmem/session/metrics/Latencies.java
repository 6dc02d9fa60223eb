package dev.sqlmem.session.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** How long the statements of one route took, in buckets of fixed bounds. Thread-safe; recording takes no lock. */
public final class Latencies {
    /** Upper bounds of the buckets in nanoseconds, each included; what is above the last has a bucket of its own. */
    private static final long[] BOUNDS = {
        10_000L,
        25_000L,
        50_000L,
        100_000L,
        250_000L,
        500_000L,
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L,
        10_000_000_000L
    };

    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    /** Creates an empty histogram. */
    public Latencies() {
        Arrays.setAll(buckets, bucket -> new LongAdder());
    }

    /** Counts one statement. */
    public void record(long elapsedNanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && elapsedNanos > BOUNDS[bucket]) {
            bucket++; // most answers are in one of the first three
        }
        buckets[bucket].increment();
        nanos.add(elapsedNanos);
    }

    /** The bounds in nanoseconds, ascending. */
    public static long[] bounds() {
        return BOUNDS.clone();
    }

    /** How many statements each bucket has, one more than there are bounds. */
    public long[] counts() {
        return Arrays.stream(buckets).mapToLong(LongAdder::sum).toArray();
    }

    /** What all of them took together in nanoseconds. */
    public long nanos() {
        return nanos.sum();
    }
}
