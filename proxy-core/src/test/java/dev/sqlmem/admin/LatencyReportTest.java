package dev.sqlmem.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.session.metrics.Latencies;
import org.junit.jupiter.api.Test;

class LatencyReportTest {
    private final Latencies latencies = new Latencies();

    @Test
    void putsEachTimeIntoTheFirstBucketThatHoldsIt() {
        long[] bounds = Latencies.bounds();
        for (long bound : bounds) {
            latencies.record(bound);
            latencies.record(bound + 1);
        }
        latencies.record(0);
        LatencyReport report = report();

        assertThat(report.buckets()).hasSize(bounds.length);
        assertThat(report.buckets().get(0).count()).isEqualTo(2); // 0 and the first bound
        assertThat(report.buckets().subList(1, bounds.length)).allMatch(bucket -> bucket.count() == 2);
        assertThat(report.above()).isEqualTo(1);
        assertThat(report.count()).isEqualTo(2L * bounds.length + 1);
        assertThat(bounds).isSorted();
    }

    @Test
    void boundsQuantiles() {
        assertThat(report().quantileNanos(0.5)).isZero();
        for (int i = 0; i < 98; i++) {
            latencies.record(20_000);
        }
        latencies.record(3_000_000);
        latencies.record(3_000_000);

        assertThat(report().quantileNanos(0.5)).isEqualTo(25_000);
        assertThat(report().quantileNanos(0.98)).isEqualTo(25_000);
        assertThat(report().quantileNanos(0.99)).isEqualTo(5_000_000);
        assertThat(report().nanos()).isEqualTo(98 * 20_000 + 2 * 3_000_000);
        latencies.record(Long.MAX_VALUE / 2);
        assertThat(report().quantileNanos(1)).isEqualTo(-1);
    }

    private LatencyReport report() {
        return LatencyReport.of("hit", latencies);
    }
}
