package dev.sqlmem.database;

import dev.sqlmem.cache.Generation;
import dev.sqlmem.cache.Leased;
import dev.sqlmem.cache.LoadRefusedException;
import dev.sqlmem.cache.LooseGeneration;
import dev.sqlmem.cache.MemoryBudget;
import dev.sqlmem.cache.StoredTable;
import dev.sqlmem.cache.TableCache;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.plan.CatalogNames;
import dev.sqlmem.plan.Described;
import dev.sqlmem.plan.HeldLiterals;
import dev.sqlmem.plan.LiteralSource;
import dev.sqlmem.plan.PlanSpace;
import dev.sqlmem.plan.Planned;
import dev.sqlmem.plan.Planner;
import dev.sqlmem.plan.Serve;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.upstream.DependentTables;
import dev.sqlmem.upstream.ServiceDatabase;
import dev.sqlmem.upstream.Snapshot;
import dev.sqlmem.upstream.ZoneCheck;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** One upstream database with its plans and its cache. Thread-safe; see the package for what may block. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(Database.class);

    private final ServiceDatabase service;
    private final MemoryBudget budget;
    private final Executor executor;
    private final UpstreamState upstream;
    private final TableCache tables;
    private final CatalogWatch watch;
    private final Map<String, PlanSpace> spaces = new ConcurrentHashMap<>();
    private final Map<String, RoleRights> roles = new ConcurrentHashMap<>();
    private final Map<String, ZoneCheck> zones = new ConcurrentHashMap<>();
    private final Map<String, Resolved> resolved = new ConcurrentHashMap<>();
    private final VainLoads vainLoads = new VainLoads(System::nanoTime);
    private volatile @Nullable CatalogNames catalogNames;
    private volatile boolean closed;

    private final Map<String, Reach> reaches = new ConcurrentHashMap<>();

    private record Reach(DependentTables tables, int epoch) {}

    private final Map<String, UserDefined> userDefined = new ConcurrentHashMap<>();

    private record UserDefined(Set<String> names, int epoch) {}

    private record Resolved(@Nullable TableDefinition table, int epoch) {}

    /** @param kept whether the cache is kept beyond this process */
    Database(
            ServiceDatabase service,
            MemoryBudget budget,
            Executor executor,
            Executor loaders,
            UpstreamState upstream,
            boolean kept) {
        this.service = service;
        this.budget = budget;
        this.upstream = upstream;
        this.executor = executor;
        this.tables = new TableCache(
                service.url().database(), new UpstreamRows(service, kept), budget, loaders, InstantSource.system());
        this.watch = new CatalogWatch(service::fingerprint, System::nanoTime);
    }

    public String name() {
        return service.url().database();
    }

    /** The cached tables. */
    public TableCache tables() {
        return tables;
    }

    /** The plans for a resolved search path. */
    public PlanSpace space(String searchPath) {
        return spaces.computeIfAbsent(searchPath, PlanSpace::new);
    }

    /** All plan spaces. */
    public Collection<PlanSpace> spaces() {
        return spaces.values();
    }

    /** What the role may read. */
    public RoleRights rights(String role) {
        return roles.computeIfAbsent(role, RoleRights::new);
    }

    /** The current catalog epoch. */
    public int epoch() {
        return watch.epoch();
    }

    /** Whether the catalogs have been out of sight for too long. */
    public boolean isWatchLost() {
        return watch.isLost();
    }

    /** How long ago the catalogs were last seen, in milliseconds; null: never. */
    public @Nullable Long seenMillisAgo() {
        return watch.seenMillisAgo();
    }

    /** Why the catalogs could not be read at the last try; null where they could, or there was none. */
    public @Nullable String problem() {
        return watch.problem();
    }

    /** The server's own relations; null until {@link #open} is done. */
    public @Nullable CatalogNames catalogNames() {
        return catalogNames;
    }

    /** The verdict on a time zone; null where it has not been checked. */
    public @Nullable ZoneCheck zone(String timeZone) {
        return zones.get(timeZone);
    }

    /** Reads what every session needs; must complete before the first statement is classified. */
    public CompletableFuture<?> open() {
        if (catalogNames != null) {
            return CompletableFuture.completedFuture(null);
        }
        return run(() -> {
            Set<String> relations = service.catalogRelations();
            watch.look();
            catalogNames = new CatalogNames(relations);
        });
    }

    /** Checks a time zone. */
    public CompletableFuture<?> checkZone(String timeZone) {
        return run(() -> zones.put(timeZone, service.zone(timeZone)));
    }

    /** Asks what the role may read of the plan's tables. */
    public CompletableFuture<?> fetchRights(RoleRights role, Serve plan) {
        return run(() -> {
            int epoch = watch.epoch();
            for (TableUse use : role.unknown(plan, epoch)) {
                role.keep(use.oid(), service.rights(role.role(), use.oid()), epoch);
            }
        });
    }

    /** Plans a statement and keeps the plan with its shape. */
    public CompletableFuture<?> plan(PlanSpace space, ShapeEntry entry, HeldLiterals literals, List<Integer> declared) {
        return run(() -> {
            int epoch = watch.epoch();
            Planned planned = planNow(space, entry, literals, declared, epoch);
            entry.keep(planned, epoch, declared, literals);
        });
    }

    private Planned planNow(
            PlanSpace space, ShapeEntry entry, LiteralSource literals, List<Integer> declared, int epoch)
            throws Exception {
        return Planner.plan(entry.key(), literals, declared, new PlanningServer(this, space.searchPath(), epoch));
    }

    /** Describes a statement under a search path; only what it makes of the statement itself is an answer. */
    Described describe(String searchPath, String sql, List<Integer> declared) throws SQLException {
        return StatementDescriptions.describe(service, searchPath, sql, declared);
    }

    /** What users have defined over the server's own types, as the search path finds it. */
    Set<String> userDefined(String searchPath, int epoch) throws SQLException {
        UserDefined known = userDefined.get(searchPath);
        if (known == null || known.epoch != epoch) {
            known = new UserDefined(service.userDefined(searchPath), epoch);
            userDefined.put(searchPath, known);
        }
        return known.names;
    }

    @Nullable
    TableDefinition resolve(String searchPath, TableName name, int epoch) throws SQLException {
        String key = searchPath + '\0' + name;
        Resolved known = resolved.get(key);
        if (known == null || known.epoch != epoch) {
            watch.watch(name.name());
            TableDefinition table = service.resolve(searchPath, name);
            if (table != null) {
                tables.definitionChanged(table);
            }
            known = new Resolved(table, epoch);
            resolved.put(key, known);
        }
        return known.table;
    }

    /** Loads what the plan needs, all tables at once; joins loads that are running. */
    public CompletableFuture<?> load(Serve plan) {
        CompletableFuture<?>[] loads = plan.tables().stream()
                .map(use -> tables.ensure(use.table(), use.attnumList()))
                .toArray(CompletableFuture<?>[]::new);
        if (loads.length == 1) {
            return loads[0];
        }
        return CompletableFuture.allOf(loads).whenComplete((done, failure) -> {
            Leased leased = tables.acquire(plan.tables());
            vainLoads.ended(plan, leased != null);
            if (leased != null) {
                leased.release();
            }
        });
    }

    /** Whether loading the plan's tables has proven useless lately, as one of them makes room for another. */
    public boolean refusesTogether(Serve plan) {
        return plan.tables().size() > 1 && vainLoads.refuses(plan);
    }

    /** Loads a table afresh that is cached under this name; returns how many there were. */
    public CompletableFuture<Integer> refresh(@Nullable String schema, String name) {
        Set<TableDefinition> named = new HashSet<>();
        for (Resolved each : resolved.values()) {
            TableDefinition table = each.table;
            if (table != null && table.name().equals(name) && (schema == null || schema.equals(table.schema()))) {
                named.add(table);
            }
        }
        CompletableFuture<?>[] loads = named.stream().map(tables::refresh).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(loads).thenApply(done -> loads.length);
    }

    /**
     * The tables that a write to the named ones can change, as known in the current epoch; null where the
     * server must be asked or any table may change.
     */
    public @Nullable Set<Long> reach(String searchPath, Set<TableName> names) {
        Set<Long> oids = new HashSet<>();
        for (TableName name : names) {
            Reach known = reaches.get(searchPath + '\0' + name);
            if (known == null || known.epoch != epoch() || known.tables.isEverything()) {
                return null;
            }
            oids.addAll(known.tables.oids());
        }
        return oids;
    }

    /** Asks what a write to the named tables can change; fails where it can be any table. */
    public CompletableFuture<?> fetchReach(String searchPath, Set<TableName> names) {
        return run(() -> {
            for (TableName name : names) {
                watch.watch(name.name());
                int epoch = epoch();
                DependentTables tables = service.writesReach(searchPath, name, false);
                reaches.put(searchPath + '\0' + name, new Reach(tables, epoch));
                if (tables.isEverything()) {
                    throw new IllegalStateException(tables.everythingBecause());
                }
            }
        });
    }

    /** Why what was stored of a table can't stand for it any more, or null where it can. Asks the server. */
    @Nullable
    String obstacle(StoredTable stored) throws SQLException {
        long oid = stored.definition().oid();
        return stored.obstacle(service.definition(oid), service.provenance(oid, stored.attnums()));
    }

    /** The names of the server's databases. Asks the server. */
    Set<String> databases() throws SQLException {
        return service.databases();
    }

    /** Empties the cache and starts a new epoch, since nobody knows what a statement has changed. */
    public void everythingChanged() {
        tables.invalidateAll();
        watch.changed();
    }

    /** Opens a snapshot of the upstream's data, to be closed soon; {@code limit} is for each statement in it. Blocks. */
    public Snapshot snapshot(Duration limit) throws SQLException {
        return service.snapshot(limit);
    }

    /**
     * Loads columns of a table from a snapshot, for nobody but the caller. Blocks.
     *
     * @return leased for the caller, who retires and releases it
     */
    public Generation loadFrom(Snapshot snapshot, TableDefinition table, Set<Integer> attnums)
            throws LoadRefusedException {
        return LooseGeneration.load(
                table, attnums, (of, columns, sink) -> CopyPipe.copy(snapshot::copyOut, of, columns, sink), budget);
    }

    /** Looks at the catalogs once; false where they cannot be read. Blocks. */
    public boolean look() {
        try {
            boolean changed = watch.look();
            upstream.answered();
            if (changed) {
                LOG.debug("the catalogs of {} have changed", name());
                revalidate();
            }
            return true;
        } catch (SQLException e) {
            LOG.debug("cannot read the catalogs of {}: {}", name(), e.getMessage());
            if (isLoss(e) && !closed) {
                upstream.lost(String.valueOf(e.getMessage()));
            }
            return false;
        }
    }

    /** SQLSTATE classes 08 (connection exception), 57P0x (the server is stopping or starting). */
    private static boolean isLoss(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0");
    }

    /** Drops cached tables that are gone or are no longer what they were. */
    private void revalidate() throws SQLException {
        Set<Long> seen = new HashSet<>();
        for (Resolved each : resolved.values()) {
            TableDefinition table = each.table;
            if (table == null || !seen.add(table.oid())) {
                continue;
            }
            TableDefinition now = service.definition(table.oid());
            if (now == null) {
                tables.forget(table.oid());
            } else {
                tables.definitionChanged(now);
            }
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private CompletableFuture<?> run(Task task) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(e.getMessage(), e);
                    }
                },
                executor);
    }

    @Override
    public void close() {
        closed = true;
        tables.close();
        service.close();
    }
}
