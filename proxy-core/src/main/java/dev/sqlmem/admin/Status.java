package dev.sqlmem.admin;

import dev.sqlmem.admin.StatusSnapshot.About;
import dev.sqlmem.cache.generation.ColumnStatus;
import dev.sqlmem.database.Database;
import dev.sqlmem.database.Databases;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.Session;
import dev.sqlmem.session.Sessions;
import dev.sqlmem.session.metrics.Counters;
import dev.sqlmem.verify.Verifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of the proxy: for {@code sqlmem.*} as rows in the column order of {@code LocalRelation},
 * for everybody else as a {@link StatusSnapshot}. Both are made of the same reports. Thread-safe.
 */
public final class Status {
    private final Databases databases;
    private final Sessions sessions;
    private final Stats stats;
    private final boolean readOnly;
    private volatile List<List<String>> settings;

    /** Creates a view; {@code settings} holds name, value and source of each setting. */
    public Status(
            Databases databases,
            Sessions sessions,
            Counters counters,
            Verifier verifier,
            boolean readOnly,
            List<List<String>> settings) {
        this.databases = databases;
        this.sessions = sessions;
        this.stats = new Stats(databases, sessions, counters, verifier, Instant.now());
        this.readOnly = readOnly;
        this.settings = List.copyOf(settings);
    }

    /** The whole proxy at this moment; {@code main} is the database of the upstream's URL. */
    public StatusSnapshot snapshot(About about, String main, List<String> unready, HistoryReport history) {
        List<RelayReport> relayed = stats.relayed();
        List<LatencyReport> latencies = stats.latencies();
        List<Database> opened = opened(main);
        Instant now = Instant.now();
        return new StatusSnapshot(
                now,
                about,
                unready,
                opened.stream().map(Status::report).toList(),
                stats.read(relayed, latencies),
                relayed,
                latencies,
                opened.stream().flatMap(each -> tableReports(each, now)).toList(),
                new StatementRanking(readOnly).of(opened),
                history);
    }

    /** When the proxy was started. */
    public Instant since() {
        return stats.since();
    }

    /** What has been counted so far, for the {@link History}. */
    public HistoryReport.Slice counted() {
        List<Stat> now = stats.read(stats.relayed(), stats.latencies());
        return new HistoryReport.Slice(
                value(now, "hits"), value(now, "misses"), value(now, "relayed"), value(now, "refused"));
    }

    private static long value(List<Stat> stats, String name) {
        return stats.stream()
                .filter(stat -> stat.name().equals(name))
                .mapToLong(Stat::value)
                .sum();
    }

    private List<Database> opened(String main) {
        return databases.opened().stream()
                .sorted(Comparator.comparing((Database each) -> !each.name().equals(main))
                        .thenComparing(Database::name))
                .toList();
    }

    private static DatabaseReport report(Database database) {
        String problem = database.problem();
        boolean reachable = problem == null && !database.isWatchLost();
        return new DatabaseReport(database.name(), reachable, database.seenMillisAgo(), problem);
    }

    private static Stream<TableReport> tableReports(Database database, Instant now) {
        return database.tables().status().stream().map(table -> TableReport.of(database.name(), table, now));
    }

    List<List<@Nullable Object>> tables(@Nullable Database database) {
        if (database == null) {
            return List.of();
        }
        return tableReports(database, Instant.now()).map(TableReport::row).toList();
    }

    List<List<@Nullable Object>> columns(@Nullable Database database) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ColumnStatus column :
                database == null ? List.<ColumnStatus>of() : database.tables().columnStatus()) {
            rows.add(Arrays.asList(
                    column.schema(),
                    column.table(),
                    column.name(),
                    column.type(),
                    column.storage(),
                    column.ordering(),
                    column.bytes()));
        }
        return rows;
    }

    List<List<Object>> statements(@Nullable Database database) {
        List<List<Object>> rows = new ArrayList<>();
        if (database == null) {
            return rows;
        }
        for (ShapeEntry entry : database.plans().entries()) {
            if (entry.counters().calls() > 0) {
                rows.add(StatementReport.of(database.name(), entry, readOnly).row());
            }
        }
        if (database.plans().others().calls() > 0) {
            rows.add(StatementReport.others(database).row());
        }
        return rows;
    }

    List<List<@Nullable Object>> sessions() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Session session : sessions.all()) {
            Database database = session.database();
            rows.add(Arrays.asList(
                    (long) session.pid(),
                    session.role(),
                    database == null ? null : database.name(),
                    session.client(),
                    session.state(),
                    session.upstream(),
                    session.since(),
                    session.statements()));
        }
        return rows;
    }

    /** Pairs of name and value: a text and a {@link Long}. */
    public List<List<Object>> stats() {
        return stats.read(stats.relayed(), stats.latencies()).stream()
                .map(stat -> List.<Object>of(stat.name(), stat.value()))
                .toList();
    }

    /** Replaces the settings, some of which can change while the proxy runs. */
    public void settings(List<List<String>> now) {
        settings = List.copyOf(now);
    }

    List<List<String>> settings() {
        return settings;
    }
}
