package dev.sqlmem.cli;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a running proxy says of itself, as lines for a terminal. The numbers are those of {@code sqlmem.*}. */
final class StatusReport {
    private final List<String> lines = new ArrayList<>();

    private StatusReport() {}

    /** Asks the proxy. */
    static List<String> of(ProxyClient proxy) throws SQLException {
        StatusReport report = new StatusReport();
        TextTable counters = proxy.query("SELECT name, value FROM sqlmem.stats");
        report.lines.add(share(counters));
        report.lines.add("");
        report.add("Counters", counters);
        report.loading(proxy.sentences(
                "SELECT schema, name, progress FROM sqlmem.tables WHERE progress IS NOT NULL ORDER BY schema, name"));
        report.add(
                "Tables",
                proxy.query("SELECT schema, name, columns, state, rows, bytes, age_seconds, loads, hits, misses,"
                        + " reason FROM sqlmem.tables ORDER BY schema, name"));
        report.add(
                "Statements, the ten most frequent",
                proxy.query("SELECT shape, route, calls, hits, misses, mean_micros, p99_micros, reason"
                        + " FROM sqlmem.statements ORDER BY calls DESC LIMIT 10"));
        return report.lines;
    }

    /** How much the cache takes off the server. */
    static String share(TextTable counters) {
        Map<String, Long> values = counters.rows().stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> Long.parseLong(row.get(1))));
        long hits = values.getOrDefault("hits", 0L);
        long all = hits + values.getOrDefault("misses", 0L) + values.getOrDefault("relayed", 0L);
        String percent = String.format(Locale.ROOT, "%.1f%%", all == 0 ? 0.0 : 100.0 * hits / all);
        return hits + " of " + all + " statements were answered without the server (" + percent + ")";
    }

    private void loading(List<List<String>> tables) {
        if (!tables.isEmpty()) {
            lines.add("Loading");
            tables.forEach(row -> lines.add("  " + row.get(0) + "." + row.get(1) + ": " + row.get(2)));
            lines.add("");
        }
    }

    private void add(String title, TextTable table) {
        lines.add(title);
        if (table.rows().isEmpty()) {
            lines.add("  (none)");
        } else {
            table.lines().forEach(line -> lines.add("  " + line));
        }
        lines.add("");
    }
}
