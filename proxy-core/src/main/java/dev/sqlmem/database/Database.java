package dev.sqlmem.database;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sqlmem.cache.LooseGeneration;
import dev.sqlmem.cache.TableCache;
import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.StoredTable;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.Described;
import dev.sqlmem.plan.PlanSpace;
import dev.sqlmem.plan.Planned;
import dev.sqlmem.plan.Plans;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.rules.TableRule;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.sql.classify.CatalogNames;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.sql.shape.LiteralSource;
import dev.sqlmem.translate.Planner;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import dev.sqlmem.upstream.jdbc.Snapshot;
import dev.sqlmem.upstream.jdbc.ZoneCheck;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** One upstream database with its plans and its cache. Thread-safe; see the package for what may block. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(Database.class);

    private static final int MOST_ROLES = 1_000;
    private static final int MOST_ZONES = 1_000;
    private static final long MOST_NAMES_BYTES = 16L << 20;

    private final ServiceDatabase service;
    private final MemoryBudget budget;
    private final Executor executor;
    private final TableRules rules;
    private final UpstreamState upstream;
    private final TableCache tables;
    private final CatalogWatch watch;
    private final Plans plans = new Plans();
    private final Cache<String, RoleRights> roles = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_ROLES)
            .build();
    private final Cache<String, ZoneCheck> zones = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_ZONES)
            .build();
    private final EpochCache<String, Optional<TableDefinition>> resolved =
            EpochCache.ofBytes(MOST_NAMES_BYTES, Database::bytesOfTable);
    /** Every table met so far, by its OID. */
    private final Map<Long, TableDefinition> met = new ConcurrentHashMap<>();

    private final SharedQuestions questions = new SharedQuestions(this::run);
    private final ThrashGuard vainLoads = new ThrashGuard(System::nanoTime);
    private volatile @Nullable CatalogNames catalogNames;
    private volatile boolean closed;

    private final AtomicInteger heeded = new AtomicInteger();
    private final WriteReaches writes;
    private final LostCommits lostCommits;
    private final LockReaches locks;
    private final OrderKeySearch places;

    /** By search path. */
    private final EpochCache<String, Set<String>> userDefined =
            EpochCache.ofBytes(MOST_NAMES_BYTES, Database::bytesOfNames);

    /** A question about what the role may read of the plan's tables. */
    private record RightsAsked(RoleRights role, CachedPlan plan) {}

    /** A question for the plan of a statement; where literals count, who asked about others asks once more. */
    private record PlanAsked(ShapeEntry entry, List<Integer> declared) {}

    /** A question about a time zone. */
    private record ZoneAsked(String timeZone) {}

    /** @param kept whether the cache is kept beyond this process */
    Database(
            ServiceDatabase service,
            TableRules rules,
            MemoryBudget budget,
            Executor executor,
            Executor loaders,
            InstantSource clock,
            UpstreamState upstream,
            boolean kept) {
        this.service = service;
        this.budget = budget;
        this.rules = rules;
        this.upstream = upstream;
        this.executor = executor;
        String name = service.url().database();
        this.tables = new TableCache(
                name,
                new UpstreamRows(service, kept),
                budget,
                loaders,
                clock,
                table -> rules.freshness(name, table).timeToLive());
        this.watch = new CatalogWatch(service::fingerprint, System::nanoTime);
        this.places = new OrderKeySearch(service, executor);
        this.writes = new WriteReaches(service, tables, watch, this::run);
        this.locks = new LockReaches(service, watch, this::run);
        this.lostCommits = new LostCommits(service::hasSession, executor, System::nanoTime);
    }

    public String name() {
        return service.url().database();
    }

    /** The cached tables. */
    public TableCache tables() {
        return tables;
    }

    /** What relayed statements change in them. */
    public WriteReaches writes() {
        return writes;
    }

    /** Whose readers meet locks on them. */
    public LockReaches locks() {
        return locks;
    }

    /** Commits whose sessions were lost before it was known what has become of them. */
    public LostCommits lostCommits() {
        return lostCommits;
    }

    /** The plans for a resolved search path. */
    public PlanSpace space(String searchPath) {
        return plans.space(searchPath);
    }

    /** All plans. */
    public Plans plans() {
        return plans;
    }

    /** What the role may read. */
    public RoleRights rights(String role) {
        return roles.get(role, RoleRights::new);
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
        return zones.getIfPresent(timeZone);
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
        return questions.ask(new ZoneAsked(timeZone), () -> zones.put(timeZone, service.zone(timeZone)));
    }

    /** Asks what the role may read of the plan's tables. */
    public CompletableFuture<?> fetchRights(RoleRights role, CachedPlan plan) {
        return questions.ask(new RightsAsked(role, plan), () -> {
            int epoch = watch.epoch();
            for (TableUse use : role.unknown(plan, epoch)) {
                role.keep(use.oid(), service.rights(role.role(), use.oid()), epoch);
            }
        });
    }

    /** Plans a statement and keeps the plan with its shape. */
    public CompletableFuture<?> plan(PlanSpace space, ShapeEntry entry, HeldLiterals literals, List<Integer> declared) {
        return questions.ask(new PlanAsked(entry, declared), () -> {
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
        Set<String> known = userDefined.get(searchPath, epoch);
        if (known == null) {
            known = service.userDefined(searchPath);
            userDefined.keep(searchPath, known, epoch);
        }
        return known;
    }

    @Nullable
    TableDefinition resolve(String searchPath, TableName name, int epoch) throws SQLException {
        String key = searchPath + '\0' + name;
        Optional<TableDefinition> known = resolved.get(key, epoch);
        if (known == null) {
            watch.watch(name.name());
            TableDefinition table = ruled(service.resolve(searchPath, name));
            if (table != null) {
                met(table);
            }
            known = Optional.ofNullable(table);
            resolved.keep(key, known, epoch);
        }
        return known.orElse(null);
    }

    private static int bytesOfTable(String key, Optional<TableDefinition> table) {
        int columns = table.map(each -> each.columns().size()).orElse(0);
        return 500 + 2 * key.length() + 200 * columns;
    }

    private static int bytesOfNames(String key, Set<String> names) {
        return 500 + 2 * key.length() + 100 * names.size();
    }

    /** Returns the table with what the rules keep out of the cache marked so. */
    private @Nullable TableDefinition ruled(@Nullable TableDefinition table) throws SQLException {
        if (table == null || !rules.restrict()) {
            return table;
        }
        return rules.restricted(name(), table, service.relatives(table.oid()));
    }

    private void met(TableDefinition table) {
        met.put(table.oid(), table);
        tables.definitionChanged(table);
    }

    /**
     * Looks up what the rules name and begins the loads that they ask for. Blocks for a few questions to the
     * server, not for the loads.
     *
     * @return what the rules name and the server does not have, for people
     */
    List<String> applyRules() {
        List<String> problems = new ArrayList<>();
        for (TableRule rule : rules.rules()) {
            if (rule.holdsIn(name())) {
                try {
                    problems.addAll(apply(rule));
                } catch (SQLException e) {
                    problems.add("the table rule " + rule + " could not be looked at: " + e.getMessage());
                }
            }
        }
        return problems;
    }

    private List<String> apply(TableRule rule) throws SQLException {
        watch.watch(rule.table());
        List<TableDefinition> named = service.named(rule.schema(), rule.table());
        if (named.isEmpty()) {
            return List.of("the table rule " + rule + ": database " + name() + " has no such table");
        }
        List<String> problems = new ArrayList<>();
        for (TableDefinition found : named) {
            TableDefinition table = ruled(found);
            if (table != null) {
                tables.introduce(table);
                met(table);
                RuledTable ruled = new RuledTable(rule, table);
                problems.addAll(ruled.problems());
                if (rule.preloads() && table.notCacheable() == null) {
                    tables.ensure(table, ruled.preloaded());
                }
            }
        }
        return problems;
    }

    /** Loads what the plan needs, all tables at once; joins loads that are running. */
    public CompletableFuture<?> load(CachedPlan plan) {
        CompletableFuture<?>[] loads = plan.tables().stream()
                .map(use -> tables.ensure(use.table(), use.attnumList()))
                .toArray(CompletableFuture<?>[]::new);
        if (loads.length == 1) {
            return loads[0];
        }
        return CompletableFuture.allOf(loads).whenComplete((done, failure) -> {
            Leased leased = tables.acquire(plan.tables());
            vainLoads.ended(plan, leased != null || isHeldUp(plan));
            if (leased != null) {
                leased.release();
            }
        });
    }

    /** Whether a commit keeps one of the plan's tables from answering. */
    private boolean isHeldUp(CachedPlan plan) {
        return plan.tables().stream().anyMatch(use -> tables.barriers().isUp(use.oid()));
    }

    /**
     * Whether a table of the plan is being loaded that will not be there within this time, as it has taken longer
     * already or is expected to; what of the others is not being loaded yet is begun then.
     */
    public boolean loadsBeyond(CachedPlan plan, Duration patience) {
        boolean beyond = false;
        for (TableUse use : plan.tables()) {
            beyond |= tables.loadsBeyond(use.oid(), use.attnums(), patience);
        }
        if (beyond) {
            for (TableUse use : plan.tables()) {
                if (!tables.isComing(use.oid(), use.attnums())) {
                    tables.ensure(use.table(), use.attnumList());
                }
            }
        }
        return beyond;
    }

    /** Whether loading the plan's tables has proven useless lately, as one of them makes room for another. */
    public boolean refusesTogether(CachedPlan plan) {
        return plan.tables().size() > 1 && vainLoads.refuses(plan);
    }

    /**
     * Begins to look for the place of a value that the column of this {@link dev.sqlmem.catalog.OrderKey} does
     * not have; the generation is leased by the caller.
     */
    public void locate(Generation generation, int key, byte[] utf8) {
        places.locate(generation, key, utf8);
    }

    /** Loads a table afresh that is cached under this name; returns how many there were. */
    public CompletableFuture<Integer> refresh(@Nullable String schema, String name) {
        List<TableDefinition> named = met.values().stream()
                .filter(table -> table.name().equals(name) && (schema == null || schema.equals(table.schema())))
                .toList();
        CompletableFuture<?>[] loads = named.stream().map(tables::refresh).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(loads).thenApply(done -> loads.length);
    }

    /**
     * Why what was stored of a table can't stand for it any more, or null where it can; from then on the table is
     * watched. Asks the server.
     */
    @Nullable
    String obstacle(StoredTable stored) throws SQLException {
        long oid = stored.definition().oid();
        watch.watch(stored.definition().name());
        TableDefinition now = ruled(service.definition(oid));
        String obstacle = stored.obstacle(now, service.provenance(oid, stored.attnums()));
        if (obstacle == null && now != null) {
            met(now);
        }
        return obstacle;
    }

    /** The names of the server's databases. Asks the server. */
    Set<String> databases() throws SQLException {
        return service.databases();
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
            writes.look();
            upstream.answered();
            int changes = watch.changes();
            if (heeded.getAndSet(changes) != changes) {
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
        for (long oid : List.copyOf(met.keySet())) {
            TableDefinition now = ruled(service.definition(oid));
            if (now == null) {
                met.remove(oid);
                tables.forget(oid);
            } else {
                met(now);
            }
        }
    }

    private CompletableFuture<?> run(UpstreamTask task) {
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

    /** Whether it serves nobody any more. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        lostCommits.close();
        tables.close();
        service.close();
    }
}
