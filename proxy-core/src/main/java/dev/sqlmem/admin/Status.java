package dev.sqlmem.admin;

import dev.sqlmem.cache.ColumnStatus;
import dev.sqlmem.cache.Generation;
import dev.sqlmem.cache.LoadProgress;
import dev.sqlmem.cache.TableStatus;
import dev.sqlmem.database.Database;
import dev.sqlmem.database.Databases;
import dev.sqlmem.freshness.Freshness;
import dev.sqlmem.plan.PlanSpace;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.StatementCounters;
import dev.sqlmem.plan.StatementKind;
import dev.sqlmem.session.Counters;
import dev.sqlmem.session.Session;
import dev.sqlmem.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the state of the proxy as rows, in the column order of {@code LocalRelation}. Thread-safe. */
public final class Status {
    private final Databases databases;
    private final Sessions sessions;
    private final Counters counters;
    private final boolean readOnly;
    private volatile List<List<String>> settings;
    private final Instant since = Instant.now();

    /** Creates a view; {@code settings} holds name, value and source of each setting. */
    public Status(
            Databases databases, Sessions sessions, Counters counters, boolean readOnly, List<List<String>> settings) {
        this.databases = databases;
        this.sessions = sessions;
        this.counters = counters;
        this.readOnly = readOnly;
        this.settings = List.copyOf(settings);
    }

    List<List<@Nullable Object>> tables(@Nullable Database database) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableStatus table :
                database == null ? List.<TableStatus>of() : database.tables().status()) {
            Instant loadedAt = table.loadedAt();
            LoadProgress loading = table.loading();
            Long age = loadedAt == null
                    ? null
                    : Duration.between(loadedAt, Instant.now()).toSeconds();
            rows.add(Arrays.asList(
                    table.schema(),
                    table.name(),
                    table.columns(),
                    table.state(),
                    table.reason(),
                    table.rows(),
                    table.bytes(),
                    table.generation(),
                    loadedAt,
                    age,
                    table.loads(),
                    table.hits(),
                    table.misses(),
                    table.indexes(),
                    loading == null ? null : loading.rows(),
                    loading == null ? null : loading.bytes(),
                    loading == null ? null : loading.sentence(),
                    new Freshness(table.timeToLive()).toString(),
                    table.nextRefresh()));
        }
        return rows;
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

    List<List<@Nullable Object>> statements(@Nullable Database database) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (PlanSpace space : database == null ? List.<PlanSpace>of() : database.spaces()) {
            for (ShapeEntry entry : space.entries()) {
                StatementCounters of = entry.counters();
                if (of.calls() > 0) {
                    rows.add(Arrays.asList(
                            entry.key().display(),
                            route(entry),
                            reason(entry),
                            of.calls(),
                            of.hits(),
                            of.misses(),
                            of.rows(),
                            of.meanMicros(),
                            of.p99Micros()));
                }
            }
        }
        return rows;
    }

    private String route(ShapeEntry entry) {
        if (readOnly && entry.classification().refusal() != null) {
            return "refuse";
        }
        if (entry.classification().kind() == StatementKind.LOCAL) {
            return "local";
        }
        Route last = entry.last();
        return last == null || entry.disabled() != null ? "relay" : last.label();
    }

    private String reason(ShapeEntry entry) {
        var refusal = entry.classification().refusal();
        if (readOnly && refusal != null) {
            return refusal.message();
        }
        String disabled = entry.disabled();
        if (disabled != null) {
            return "disabled: " + disabled;
        }
        Route last = entry.last();
        if (last != null) {
            return last.reason();
        }
        return switch (entry.classification().kind()) {
            case SELECT -> "not for the cache, or not asked under settings that it knows";
            case LOCAL -> "the proxy's own tables";
            default -> "not a SELECT";
        };
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
        long loads = 0;
        for (Database database : databases.opened()) {
            for (TableStatus table : database.tables().status()) {
                loads += table.loads();
            }
        }
        return List.of(
                List.of("hits", counters.hits.sum()),
                List.of("misses", counters.misses.sum()),
                List.of("relayed", counters.relayed.sum()),
                List.of("refused", counters.refused.sum()),
                List.of("local", counters.local.sum()),
                List.of("loads", loads),
                List.of("evictions", databases.budget().evictions()),
                List.of("fallbacks", counters.fallbacks.sum()),
                List.of("verified", 0L),
                List.of("mismatches", 0L),
                List.of("memory_bytes", databases.budget().used()),
                List.of("memory_limit", databases.budget().limit()),
                List.of("generations", (long) Generation.open()),
                List.of("sessions", (long) sessions.all().size()),
                List.of("connections", counters.connections.sum()),
                List.of("uptime_seconds", Duration.between(since, Instant.now()).toSeconds()));
    }

    /** Replaces the settings, some of which can change while the proxy runs. */
    public void settings(List<List<String>> now) {
        settings = List.copyOf(now);
    }

    List<List<String>> settings() {
        return settings;
    }
}
