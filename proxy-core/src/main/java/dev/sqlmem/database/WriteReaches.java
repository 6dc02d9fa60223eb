package dev.sqlmem.database;

import dev.sqlmem.cache.TableCache;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.upstream.jdbc.DependentTables;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What relayed statements can change: which tables a write reaches, and which functions write nothing. Asked of
 * the server once in an epoch of the catalogs. Should someone change triggers, functions or the like while that
 * is relied upon, everything leaves the cache. Thread-safe.
 */
public final class WriteReaches {
    private static final Logger LOG = LogManager.getLogger(WriteReaches.class);

    private static final long MOST_BYTES = 8L << 20;

    private final ServiceDatabase service;
    private final TableCache tables;
    private final CatalogWatch watch;
    private final Function<UpstreamTask, CompletableFuture<?>> asker;
    private final EpochCache<String, DependentTables> reaches =
            EpochCache.ofBytes(MOST_BYTES, WriteReaches::bytesOfReach);
    private final EpochCache<Set<String>, Boolean> writesNothing =
            EpochCache.ofBytes(MOST_BYTES, WriteReaches::bytesOfNames);
    private final AtomicBoolean trusted = new AtomicBoolean();
    private int detected;

    WriteReaches(
            ServiceDatabase service,
            TableCache tables,
            CatalogWatch watch,
            Function<UpstreamTask, CompletableFuture<?>> asker) {
        this.service = service;
        this.tables = tables;
        this.watch = watch;
        this.asker = asker;
    }

    /**
     * The tables that a write to the named ones can change, as known in the current epoch; null where the
     * server must be asked or any table may change.
     */
    public @Nullable Set<Long> reach(String searchPath, Set<TableName> names) {
        Set<Long> oids = new HashSet<>();
        for (TableName name : names) {
            DependentTables known = reaches.get(searchPath + '\0' + name, watch.epoch());
            if (known == null || known.isEverything()) {
                return null;
            }
            oids.addAll(known.oids());
        }
        return oids;
    }

    /** Asks what a write to the named tables can change; fails where it can be any table. */
    public CompletableFuture<?> fetchReach(String searchPath, Set<TableName> names) {
        return asker.apply(() -> {
            for (TableName name : names) {
                watch.watch(name.name());
                int epoch = watch.epoch();
                DependentTables reached = ask(searchPath, name);
                reaches.keep(searchPath + '\0' + name, reached, epoch);
                if (reached.isEverything()) {
                    LOG.debug("a write to {} can change any table: {}", name, reached.everythingBecause());
                    throw new IllegalStateException(reached.everythingBecause());
                }
            }
        });
    }

    private static int bytesOfReach(String pathAndName, DependentTables reached) {
        return 500 + 2 * pathAndName.length() + 50 * reached.oids().size();
    }

    private static int bytesOfNames(Set<String> functions, Boolean harmless) {
        return 200 + functions.stream().mapToInt(name -> 100 + name.length()).sum();
    }

    private DependentTables ask(String searchPath, TableName name) throws SQLException {
        DependentTables reached = service.writesReach(searchPath, name, false);
        for (Map.Entry<Long, String> code : reached.code().entrySet()) {
            if (CodeReach.writer(service::functions, Set.of(), Set.of(code.getKey())) != null) {
                return DependentTables.everything(code.getValue());
            }
        }
        return reached;
    }

    /**
     * Whether no function of these names can write a table or change a setting, as known in the current epoch;
     * null where the server must be asked.
     */
    public @Nullable Boolean writesNothing(Set<String> functions) {
        if (functions.isEmpty()) {
            return Boolean.TRUE;
        }
        return writesNothing.get(functions, watch.epoch());
    }

    /** Asks whether a function of these names can write a table or change a setting. */
    public CompletableFuture<?> fetchCode(Set<String> functions) {
        return asker.apply(() -> {
            int epoch = watch.epoch();
            String writer = CodeReach.writer(service::functions, functions, Set.of());
            if (writer != null) {
                LOG.debug("a call of {} can change any table: {}", functions, writer);
            }
            writesNothing.keep(functions, writer == null, epoch);
        });
    }

    /** How often the catalogs were found changed in what writes reach: for {@link #changed}. */
    public int catalogChanges() {
        return watch.detected();
    }

    /**
     * Takes tables out of the cache: these, or all where the catalogs have changed since {@code
     * sinceCatalogChanges}, so that nobody knows any more which tables a write has reached.
     */
    public void changed(Set<Long> oids, int sinceCatalogChanges) {
        trusted.set(true); // before the comparison: one of the two, this or look, sees the other
        if (watch.detected() != sinceCatalogChanges) {
            everythingChanged();
        } else {
            oids.forEach(tables::invalidate);
        }
    }

    /** Empties the cache and starts a new epoch, since nobody knows what a statement has changed. */
    public void everythingChanged() {
        tables.invalidateAll();
        watch.changed();
    }

    /** Looks at the catalogs; where they have changed, what was relied upon since the last look may be wrong. */
    synchronized void look() throws SQLException {
        boolean before = trusted.getAndSet(false);
        try {
            watch.look();
        } catch (SQLException e) {
            trusted.compareAndSet(false, before);
            throw e;
        }
        int now = watch.detected();
        if (now != detected) {
            detected = now;
            if (before || trusted.get()) {
                tables.invalidateAll();
            }
        }
    }
}
