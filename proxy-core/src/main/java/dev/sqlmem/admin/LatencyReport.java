package dev.sqlmem.admin;

import dev.sqlmem.session.metrics.Latencies;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the statements of one route took.
 *
 * @param route {@code hit}, {@code miss}, {@code relay} or {@code local}
 * @param buckets by ascending bound
 * @param above how many took longer than the last bound
 * @param nanos what all of them took together
 */
public record LatencyReport(String route, List<Bucket> buckets, long above, long nanos) {

    /**
     * One bucket.
     *
     * @param nanos its upper bound, included
     * @param count how many took no longer than this and longer than the bound before
     */
    public record Bucket(long nanos, long count) {}

    public LatencyReport {
        buckets = List.copyOf(buckets);
    }

    static LatencyReport of(String route, Latencies latencies) {
        long nanos = latencies.nanos();
        long[] bounds = Latencies.bounds();
        long[] counts = latencies.counts();
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < bounds.length; i++) {
            buckets.add(new Bucket(bounds[i], counts[i]));
        }
        return new LatencyReport(route, buckets, counts[bounds.length], nanos);
    }

    /** How many statements there were. */
    public long count() {
        return above + buckets.stream().mapToLong(Bucket::count).sum();
    }

    /** A bound that the share of the statements did not pass, in nanoseconds; 0 for none, -1 beyond all bounds. */
    public long quantileNanos(double share) {
        long wanted = (long) Math.ceil(share * count());
        long seen = 0;
        for (Bucket bucket : buckets) {
            seen += bucket.count;
            if (seen >= wanted) {
                if (wanted == 0) {
                    return 0;
                }
                return bucket.nanos;
            }
        }
        return -1;
    }
}
