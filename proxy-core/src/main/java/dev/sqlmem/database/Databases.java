package dev.sqlmem.database;

import dev.sqlmem.cache.MemoryBudget;
import dev.sqlmem.upstream.ServiceDatabase;
import dev.sqlmem.upstream.UpstreamUrl;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All databases of the upstream server, each opened on first use. Thread-safe. */
public final class Databases implements AutoCloseable {
    private final UpstreamUrl url;
    private final MemoryBudget budget;
    private final Executor executor;
    private final Executor loaders;
    private final @Nullable Persistence persistence;
    private final UpstreamState upstream;
    private final Map<String, Database> open = new ConcurrentHashMap<>();

    /**
     * @param url the upstream, with the service account
     * @param budget what all caches share
     * @param executor runs questions to the server
     * @param loaders runs loads
     * @param watcher runs the catalog watches
     * @param persistence keeps the caches in a file; null: nowhere
     */
    public Databases(
            UpstreamUrl url,
            MemoryBudget budget,
            Executor executor,
            Executor loaders,
            ScheduledExecutorService watcher,
            @Nullable Persistence persistence) {
        this.url = url;
        this.budget = budget;
        this.executor = executor;
        this.loaders = loaders;
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
        return known == null ? open.computeIfAbsent(name, this::create) : known;
    }

    private Database create(String name) {
        ServiceDatabase service = new ServiceDatabase(url.withDatabase(name));
        Database database = new Database(service, budget, executor, loaders, upstream, persistence != null);
        if (persistence != null) {
            persistence.opened(database);
        }
        return database;
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
