package dev.sqlmem.http;

import dev.sqlmem.admin.DatabaseReport;
import dev.sqlmem.admin.HistoryReport;
import dev.sqlmem.admin.HistoryReport.Slice;
import dev.sqlmem.admin.LatencyReport;
import dev.sqlmem.admin.RelayReport;
import dev.sqlmem.admin.StatusSnapshot;
import dev.sqlmem.report.Stat;
import dev.sqlmem.report.StatementReport;
import dev.sqlmem.report.TableReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** {@code /status.json}: all that the status page shows. Fields may be added; those that are there stay. */
final class StatusJson {
    private StatusJson() {}

    /** The snapshot as JSON. */
    static String of(StatusSnapshot snapshot) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", snapshot.at());
        json.put("product", "SQLmem");
        json.put("version", snapshot.about().version());
        json.put("mode", snapshot.about().mode());
        json.put("upstream", snapshot.about().upstream());
        json.put("listen", snapshot.about().listen());
        json.put("since", snapshot.about().since());
        json.put("ready", snapshot.unready().isEmpty());
        json.put("unready", snapshot.unready());
        json.put("hit_rate", hitRate(snapshot));
        json.put("stats", stats(snapshot.stats()));
        json.put(
                "databases",
                snapshot.databases().stream().map(StatusJson::database).toList());
        json.put("relayed", snapshot.relayed().stream().map(StatusJson::relayed).toList());
        json.put(
                "latencies",
                snapshot.latencies().stream().map(StatusJson::latency).toList());
        json.put(
                "tables",
                snapshot.tables().stream().map(TableReport.REPORT::json).toList());
        json.put(
                "statements",
                snapshot.statements().stream().map(StatementReport.REPORT::json).toList());
        json.put("history", history(snapshot.history()));
        return Json.of(json);
    }

    /** The share of hits among the statements that were answered for clients, by whomever; null before the first. */
    private static @Nullable Double hitRate(StatusSnapshot snapshot) {
        long hits = snapshot.stat("hits");
        long all = hits + snapshot.stat("misses") + snapshot.stat("relayed");
        if (all == 0) {
            return null;
        }
        return (double) hits / all;
    }

    private static Map<String, @Nullable Object> stats(List<Stat> stats) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        stats.forEach(stat -> json.put(stat.name(), stat.value()));
        return json;
    }

    private static Map<String, @Nullable Object> database(DatabaseReport database) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", database.name());
        json.put("reachable", database.reachable());
        json.put("seen_millis", database.seenMillis());
        json.put("problem", database.problem());
        return json;
    }

    private static Map<String, @Nullable Object> relayed(RelayReport relayed) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("reason", relayed.reason());
        json.put("text", relayed.text());
        json.put("count", relayed.count());
        return json;
    }

    private static Map<String, @Nullable Object> latency(LatencyReport latency) {
        long count = latency.count();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("route", latency.route());
        json.put("count", count);
        json.put("mean_micros", count == 0 ? null : latency.nanos() / 1e3 / count);
        json.put("p50_micros", micros(latency.quantileNanos(0.5)));
        json.put("p99_micros", micros(latency.quantileNanos(0.99)));
        return json;
    }

    private static @Nullable Long micros(long nanos) {
        if (nanos <= 0) {
            return null;
        }
        return nanos / 1_000;
    }

    private static Map<String, @Nullable Object> history(HistoryReport history) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("end", history.end());
        json.put("slice_seconds", history.sliceSeconds());
        json.put("hits", column(history, Slice::hits));
        json.put("misses", column(history, Slice::misses));
        json.put("relayed", column(history, Slice::relayed));
        json.put("refused", column(history, Slice::refused));
        return json;
    }

    private static List<Long> column(HistoryReport history, ToLongFunction<Slice> value) {
        return history.slices().stream().map(value::applyAsLong).toList();
    }
}
