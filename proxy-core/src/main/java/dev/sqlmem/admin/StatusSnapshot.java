package dev.sqlmem.admin;

import dev.sqlmem.report.Stat;
import dev.sqlmem.report.StatementReport;
import dev.sqlmem.report.TableReport;
import java.time.Instant;
import java.util.List;

/**
 * The proxy at one moment: what the status page, {@code /status.json} and the metrics show. The tables of
 * {@code sqlmem} are made of the same parts, so that all of them tell the same numbers. Immutable.
 *
 * @param at when it was taken
 * @param about what the proxy is
 * @param unready why it is not ready for clients; empty: it is
 * @param databases the upstream databases in use, the one of the upstream's URL first
 * @param stats the numbers of the proxy as a whole
 * @param relayed the relayed statements by reason
 * @param latencies by route
 * @param tables of all databases
 * @param statements the most frequent ones, and those most often not answered from the cache, by falling count
 * @param history the last hour
 */
public record StatusSnapshot(
        Instant at,
        About about,
        List<String> unready,
        List<DatabaseReport> databases,
        List<Stat> stats,
        List<RelayReport> relayed,
        List<LatencyReport> latencies,
        List<TableReport> tables,
        List<StatementReport> statements,
        HistoryReport history) {

    /**
     * What does not change while the proxy runs.
     *
     * @param version the product's version
     * @param mode {@code read-only} or {@code transparent}
     * @param upstream the server's URL without password
     * @param listen where clients connect
     * @param since when it was started
     */
    public record About(String version, String mode, String upstream, String listen, Instant since) {}

    public StatusSnapshot {
        unready = List.copyOf(unready);
        databases = List.copyOf(databases);
        stats = List.copyOf(stats);
        relayed = List.copyOf(relayed);
        latencies = List.copyOf(latencies);
        tables = List.copyOf(tables);
        statements = List.copyOf(statements);
    }

    /**
     * One of the {@link #stats}.
     *
     * @throws IllegalArgumentException where there is none of this name
     */
    public long stat(String name) {
        return stats.stream()
                .filter(stat -> stat.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no number " + name))
                .value();
    }
}
