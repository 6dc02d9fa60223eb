package dev.sqlmem.admin;

import dev.sqlmem.cache.TableCache;
import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.database.Database;
import dev.sqlmem.database.Databases;
import dev.sqlmem.database.Persistence;
import dev.sqlmem.database.SaveCounters;
import dev.sqlmem.report.Stat;
import dev.sqlmem.session.Sessions;
import dev.sqlmem.session.metrics.Counters;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.verify.Verifier;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Reads the numbers of the proxy as a whole. Thread-safe.
 *
 * @param since when the proxy was started
 */
record Stats(Databases databases, Sessions sessions, Counters counters, Verifier verifier, Instant since) {

    /** The numbers at this moment; {@code relayed} and {@code latencies} are of the same one. */
    List<Stat> read(List<RelayReport> relayed, List<LatencyReport> latencies) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        List<Stat> stats = new ArrayList<>(List.of(
                Stat.counter("hits", count(latencies, "hit"), "Statements answered with no upstream statement at all."),
                Stat.counter(
                        "misses", count(latencies, "miss"), "Statements answered after a load they caused or awaited."),
                Stat.counter(
                        "relayed",
                        relayed.stream().mapToLong(RelayReport::count).sum(),
                        "Statements answered by the upstream server, by class of reason."),
                Stat.counter("refused", counters.refused.sum(), "Statements refused in read-only mode."),
                Stat.counter("local", count(latencies, "local"), "Statements over sqlmem.* tables."),
                Stat.counter("loads", overAll(TableCache::loads), "Loads that brought a table into the cache."),
                Stat.counter("load_failures", overAll(TableCache::loadFailures), "Loads that failed or came too late."),
                Stat.counter("load_millis", overAll(TableCache::loadMillis), "Time spent loading.")
                        .inSeconds("load_seconds"),
                Stat.counter("evictions", databases.budget().evictions(), "Tables that had to make room for others."),
                Stat.counter("fallbacks", counters.fallbacks.sum(), "Cached answers given up for the upstream's."),
                Stat.counter("verified", verifier.verified(), "Cached answers compared with the upstream's."),
                Stat.counter("mismatches", verifier.mismatches(), "Compared answers that differed."),
                Stat.counter("verify_skipped", verifier.skipped(), "Cached answers that were not compared after all."),
                Stat.gauge("memory_bytes", databases.budget().used(), "Memory that the cached tables take."),
                Stat.gauge("memory_limit", databases.budget().limit(), "The most they may take.")
                        .as("memory_limit_bytes"),
                Stat.gauge("generations", Generation.open(), "Loaded tables in memory, those being replaced too."),
                Stat.gauge("sessions", sessions.all().size(), "Clients connected now."),
                Stat.counter("connections", counters.connections.sum(), "Clients that have connected."),
                Stat.gauge("heap_bytes", heap.getUsed(), "Heap memory of the Java machine in use.")
                        .as("jvm_heap_bytes"),
                Stat.gauge("heap_limit", heap.getMax(), "The most that the heap may take, -1: no limit.")
                        .as("jvm_heap_limit_bytes"),
                Stat.gauge(
                        "uptime_seconds",
                        Duration.between(since, Instant.now()).toSeconds(),
                        "Time since the proxy was started.")));
        Persistence persistence = databases.persistence();
        if (persistence != null) {
            stats.addAll(saves(persistence.counters()));
        }
        return stats;
    }

    private static List<Stat> saves(SaveCounters counters) {
        return List.of(
                Stat.counter("saves", counters.saves(), "Times that the cache was saved."),
                Stat.counter("save_failures", counters.failures(), "Times that saving it failed."),
                Stat.gauge(
                        "last_save",
                        counters.last().second(),
                        "When it was saved last, in seconds since 1970; 0: never."),
                Stat.gauge("last_save_bytes", counters.last().bytes(), "The size of the file that was saved last."),
                Stat.gauge("last_save_millis", counters.last().millis(), "How long that took."),
                Stat.counter(
                        "restored_tables", counters.restoredTables(), "Tables taken over from the file at the start."),
                Stat.counter("discarded_tables", counters.discardedTables(), "Tables of the file that were not."));
    }

    /** The relayed statements by reason, each class of the closed set once. */
    List<RelayReport> relayed() {
        return Arrays.stream(RelayReason.values())
                .map(reason -> new RelayReport(reason.label(), reason.text(), counters.relayedFor(reason)))
                .toList();
    }

    /** The latencies by route. */
    List<LatencyReport> latencies() {
        return List.of(
                LatencyReport.of("hit", counters.hits),
                LatencyReport.of("miss", counters.misses),
                LatencyReport.of("relay", counters.relays),
                LatencyReport.of("local", counters.local));
    }

    private static long count(List<LatencyReport> latencies, String route) {
        return latencies.stream()
                .filter(latency -> latency.route().equals(route))
                .mapToLong(LatencyReport::count)
                .sum();
    }

    private long overAll(ToLongFunction<TableCache> number) {
        return databases.opened().stream()
                .map(Database::tables)
                .mapToLong(number)
                .sum();
    }
}
