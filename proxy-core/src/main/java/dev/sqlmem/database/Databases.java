package dev.sqlmem.database;

import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.rules.TableRule;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All databases of the upstream server, each opened on first use. Thread-safe. */
public final class Databases implements AutoCloseable {
    private final UpstreamUrl url;
    private final TableRules rules;
    private final MemoryBudget budget;
    private final Executor executor;
    private final Executor loaders;
    private final InstantSource clock;
    private final @Nullable Persistence persistence;
    private final UpstreamState upstream;
    private final Map<String, Database> open = new ConcurrentHashMap<>();

    /**
     * @param url the upstream, with the service account
     * @param rules how old tables may be and what of them may be kept
     * @param budget what all caches share
     * @param executor runs questions to the server
     * @param loaders runs loads
     * @param watcher runs the catalog watches
     * @param clock tells how old tables are
     * @param persistence keeps the caches in a file; null: nowhere
     */
    public Databases(
            UpstreamUrl url,
            TableRules rules,
            MemoryBudget budget,
            Executor executor,
            Executor loaders,
            ScheduledExecutorService watcher,
            InstantSource clock,
            @Nullable Persistence persistence) {
        this.url = url;
        this.rules = rules;
        this.budget = budget;
        this.executor = executor;
        this.loaders = loaders;
        this.clock = clock;
        this.persistence = persistence;
        this.upstream = new UpstreamState(url);
        watcher.scheduleWithFixedDelay(
                () -> open.values().forEach(each -> executor.execute(each::look)),
                CatalogWatch.PERIOD_MILLIS,
                CatalogWatch.PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Returns the database, opened when this is its first use. Does not ask the server. */
    public Database database(String name) {
        Database known = open.get(name);
        if (known == null) {
            return open.computeIfAbsent(name, this::create);
        }
        return known;
    }

    private Database create(String name) {
        ServiceDatabase service = new ServiceDatabase(url.withDatabase(name));
        Database database =
                new Database(service, rules, budget, executor, loaders, clock, upstream, persistence != null);
        if (persistence != null) {
            persistence.opened(database);
        }
        return database;
    }

    /**
     * Looks up what the rules name, in the database of the upstream URL and those that the rules name, and
     * begins the loads that they ask for. Blocks for a few questions to the server.
     *
     * @return what the rules name and the server does not have, for people
     */
    public List<String> applyRules() {
        if (rules.rules().isEmpty()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        Set<String> named = new TreeSet<>(Set.of(url.database()));
        try {
            Set<String> known = names();
            for (TableRule rule : rules.rules()) {
                String database = rule.database();
                if (database != null && !known.contains(database)) {
                    problems.add("the table rule " + rule + ": the server has no database " + database);
                } else if (database != null) {
                    named.add(database);
                }
            }
        } catch (SQLException e) {
            problems.add("the databases of the table rules could not be looked at: " + e.getMessage());
        }
        named.forEach(name -> problems.addAll(database(name).applyRules()));
        return problems;
    }

    /** The names of the server's databases, opened or not. Asks the server. */
    Set<String> names() throws SQLException {
        return database(url.database()).databases();
    }

    /** What keeps the caches in a file, or null where nothing does. */
    public @Nullable Persistence persistence() {
        return persistence;
    }

    /** Those opened so far. */
    public Collection<Database> opened() {
        return open.values();
    }

    /** Whether the server answers. */
    public UpstreamState upstream() {
        return upstream;
    }

    public MemoryBudget budget() {
        return budget;
    }

    @Override
    public void close() {
        open.values().forEach(Database::close);
    }
}
