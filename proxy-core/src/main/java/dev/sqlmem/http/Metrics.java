package dev.sqlmem.http;

import dev.sqlmem.admin.DatabaseReport;
import dev.sqlmem.admin.LatencyReport;
import dev.sqlmem.admin.RelayReport;
import dev.sqlmem.admin.StatusSnapshot;
import dev.sqlmem.report.Stat;
import dev.sqlmem.report.TableReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** {@code /metrics}: a snapshot in Prometheus' text format. */
final class Metrics {
    private static final String PREFIX = "sqlmem_";

    private final Exposition text = new Exposition();

    private Metrics() {}

    /** The snapshot as metrics. */
    static String of(StatusSnapshot snapshot) {
        Metrics metrics = new Metrics();
        metrics.about(snapshot);
        snapshot.stats().forEach(metrics::stat);
        metrics.relayed(snapshot.relayed());
        metrics.latencies(snapshot.latencies());
        metrics.databases(snapshot.databases());
        metrics.tables(snapshot.tables());
        return metrics.text.toString();
    }

    private void about(StatusSnapshot snapshot) {
        text.family(PREFIX + "info", "gauge", "The running proxy; always 1.");
        text.sample(
                PREFIX + "info",
                "1",
                "version",
                snapshot.about().version(),
                "mode",
                snapshot.about().mode());
        text.family(PREFIX + "ready", "gauge", "Whether /readyz says ready.");
        text.sample(PREFIX + "ready", snapshot.unready().isEmpty() ? "1" : "0");
    }

    private void stat(Stat stat) {
        if (stat.name().equals("relayed")) {
            return; // told by reason, of which it is the sum
        }
        String name = PREFIX + stat.metric() + (stat.kind() == Stat.Kind.COUNTER ? "_total" : "");
        BigDecimal value = BigDecimal.valueOf(stat.value()).divide(BigDecimal.valueOf(stat.perUnit()));
        text.family(name, stat.kind().label(), stat.help());
        text.sample(name, value.toPlainString());
    }

    private void relayed(List<RelayReport> relayed) {
        String name = PREFIX + "relayed_total";
        text.family(name, "counter", "Statements answered by the upstream server, by class of reason.");
        for (RelayReport each : relayed) {
            text.sample(name, Long.toString(each.count()), "reason", each.reason());
        }
    }

    private void latencies(List<LatencyReport> latencies) {
        String name = PREFIX + "statement_duration_seconds";
        text.family(
                name,
                "histogram",
                "Time that statements took in the proxy, by route; relayed ones with the upstream's.");
        for (LatencyReport latency : latencies) {
            long count = 0;
            for (LatencyReport.Bucket bucket : latency.buckets()) {
                count += bucket.count();
                text.sample(
                        name + "_bucket",
                        Long.toString(count),
                        "route",
                        latency.route(),
                        "le",
                        seconds(bucket.nanos()));
            }
            String all = Long.toString(latency.count());
            text.sample(name + "_bucket", all, "route", latency.route(), "le", "+Inf");
            text.sample(name + "_sum", seconds(latency.nanos()), "route", latency.route());
            text.sample(name + "_count", all, "route", latency.route());
        }
    }

    private static String seconds(long nanos) {
        if (nanos == 0) {
            return "0";
        }
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    private void databases(List<DatabaseReport> databases) {
        String up = PREFIX + "upstream_up";
        text.family(up, "gauge", "Whether the database's catalogs were read lately, and at the last try.");
        databases.forEach(each -> text.sample(up, each.reachable() ? "1" : "0", "database", each.name()));
        String seen = PREFIX + "upstream_seen_seconds";
        text.family(seen, "gauge", "How long ago the database's catalogs were read.");
        for (DatabaseReport each : databases) {
            Long millis = each.seenMillis();
            if (millis != null) {
                text.sample(seen, BigDecimal.valueOf(millis, 3).toPlainString(), "database", each.name());
            }
        }
    }

    private void tables(List<TableReport> tables) {
        Predicate<TableReport> all = table -> true;
        Predicate<TableReport> loaded = table -> table.generation() > 0;
        perTable(
                tables,
                "table_ready",
                "gauge",
                "Whether the table answers from the cache.",
                all,
                table -> table.generation() > 0 ? 1L : 0L);
        perTable(tables, "table_rows", "gauge", "Cached rows.", all, TableReport::rows);
        perTable(tables, "table_bytes", "gauge", "Memory that the cached columns take.", all, TableReport::bytes);
        perTable(
                tables,
                "table_age_seconds",
                "gauge",
                "Time since the cached rows were read.",
                loaded,
                table -> table.ageSeconds() == null ? 0L : table.ageSeconds());
        perTable(tables, "table_loads_total", "counter", "Loads of the table.", all, TableReport::loads);
        perTable(tables, "table_hits_total", "counter", "Hits answered from the table.", all, TableReport::hits);
        perTable(tables, "table_misses_total", "counter", "Misses answered from it.", all, TableReport::misses);
    }

    private void perTable(
            List<TableReport> tables,
            String metric,
            String type,
            String help,
            Predicate<TableReport> which,
            Function<TableReport, Long> value) {
        text.family(PREFIX + metric, type, help);
        for (TableReport table : tables) {
            if (which.test(table)) {
                text.sample(
                        PREFIX + metric,
                        value.apply(table).toString(),
                        "database",
                        table.database(),
                        "schema",
                        table.schema(),
                        "table",
                        table.name());
            }
        }
    }
}
