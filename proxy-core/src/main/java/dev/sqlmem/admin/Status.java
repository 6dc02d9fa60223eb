package dev.sqlmem.admin;

import dev.sqlmem.admin.StatusSnapshot.About;
import dev.sqlmem.cache.generation.ColumnStatus;
import dev.sqlmem.database.Database;
import dev.sqlmem.database.Databases;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.report.SessionReport;
import dev.sqlmem.report.Stat;
import dev.sqlmem.report.StatementReport;
import dev.sqlmem.report.TableReport;
import dev.sqlmem.session.SessionInfo;
import dev.sqlmem.session.Sessions;
import dev.sqlmem.session.metrics.Counters;
import dev.sqlmem.settings.Setting;
import dev.sqlmem.verify.Verifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of the proxy: for {@code sqlmem.*} as the rows of each report, for everybody else
 * as a {@link StatusSnapshot}. Both are made of the same reports. Thread-safe.
 */
public final class Status {
    private final Databases databases;
    private final Sessions sessions;
    private final Stats stats;
    private final boolean readOnly;
    private volatile List<Setting> settings;

    /** Creates a view. */
    public Status(
            Databases databases,
            Sessions sessions,
            Counters counters,
            Verifier verifier,
            boolean readOnly,
            List<Setting> settings) {
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
        List<Stat> now = stats();
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
        return database.tables().status().stream().map(table -> TableReports.of(database.name(), table, now));
    }

    List<TableReport> tables(@Nullable Database database) {
        if (database == null) {
            return List.of();
        }
        return tableReports(database, Instant.now()).toList();
    }

    List<ColumnStatus> columns(@Nullable Database database) {
        if (database == null) {
            return List.of();
        }
        return database.tables().columnStatus();
    }

    List<StatementReport> statements(@Nullable Database database) {
        List<StatementReport> rows = new ArrayList<>();
        if (database == null) {
            return rows;
        }
        for (ShapeEntry entry : database.plans().entries()) {
            if (entry.counters().calls() > 0) {
                rows.add(StatementReports.of(database.name(), entry, readOnly));
            }
        }
        if (database.plans().others().calls() > 0) {
            rows.add(StatementReports.others(database));
        }
        return rows;
    }

    List<SessionReport> sessions() {
        return sessions.all().stream().map(Status::session).toList();
    }

    private static SessionReport session(SessionInfo session) {
        Database database = session.database();
        String name = null;
        if (database != null) {
            name = database.name();
        }
        return new SessionReport(
                session.pid(),
                session.role(),
                name,
                session.client(),
                session.state(),
                session.upstream(),
                session.since(),
                session.statements());
    }

    /** The numbers of the proxy as a whole. */
    public List<Stat> stats() {
        return stats.read(stats.relayed(), stats.latencies());
    }

    /** Replaces the settings, some of which can change while the proxy runs. */
    public void settings(List<Setting> now) {
        settings = List.copyOf(now);
    }

    List<Setting> settings() {
        return settings;
    }
}
