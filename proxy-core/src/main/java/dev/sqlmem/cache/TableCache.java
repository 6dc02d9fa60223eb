package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.ColumnStatus;
import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.GenerationSet;
import dev.sqlmem.cache.generation.GenerationSets;
import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.StoredTable;
import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.Provenance;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableUse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cached tables of one upstream database. All methods may be called from any thread, and none of them
 * waits for a load.
 */
public final class TableCache implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    private final String database;
    private final TableSource source;
    private final MemoryBudget budget;
    private final Executor loaders;
    private final InstantSource clock;
    private final Function<TableDefinition, @Nullable Duration> timesToLive;
    private final LoadLog log;
    private final Object lock = new Object();
    private volatile TableIndex tables = TableIndex.EMPTY;
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadFailures = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private volatile LongConsumer obsolete = oid -> {};
    private volatile boolean closed;
    private final GenerationSets sets = new GenerationSets();
    private final CommitBarriers barriers = new CommitBarriers();

    /** As the other, for tables that stay until they are invalidated. */
    public TableCache(String database, TableSource source, MemoryBudget budget, Executor loaders, InstantSource clock) {
        this(database, source, budget, loaders, clock, table -> null);
    }

    /**
     * @param database the database's name, for reasons and logs
     * @param loaders runs loads, each of which occupies a thread to its end
     * @param clock stamps generations, orders uses, times refusals and tells ages
     * @param timesToLive after how long a table is refreshed, null: never
     */
    public TableCache(
            String database,
            TableSource source,
            MemoryBudget budget,
            Executor loaders,
            InstantSource clock,
            Function<TableDefinition, @Nullable Duration> timesToLive) {
        this.database = database;
        this.source = source;
        this.budget = budget;
        this.loaders = loaders;
        this.clock = clock;
        this.timesToLive = timesToLive;
        this.log = new LoadLog(database);
    }

    /** The database's name. */
    public String database() {
        return database;
    }

    /** The tables that answer nobody for the moment. */
    public CommitBarriers barriers() {
        return barriers;
    }

    /**
     * Returns the table's current generation, leased to the caller, if it holds all these columns and no barrier is
     * up around it; else null. Takes no lock. The caller must {@link Generation#release()} it. Where the table is
     * older than its time to live, the first to use it starts a refresh in the background; a table that is too old
     * to answer is null.
     */
    public @Nullable Generation acquire(long tableOid, int[] attnums) {
        CachedTable table = tables.find(tableOid);
        if (table == null || barriers.isUp(tableOid)) {
            return null;
        }
        Generation generation = table.acquire(attnums);
        Lifetime due;
        if (generation == null) {
            due = null;
        } else {
            due = table.claimRefresh();
        }
        if (due != null) {
            refresh(table, due);
        }
        return generation;
    }

    private void refresh(CachedTable table, Lifetime life) {
        CompletableFuture<LoadOutcome> future = new CompletableFuture<>();
        future.thenAccept(outcome -> {
            if (outcome instanceof LoadOutcome.Refused refused) {
                table.refreshFailed(life, refused.reason());
            }
        });
        try {
            loaders.execute(() -> perform(table, table.refreshDue(future)));
        } catch (RejectedExecutionException e) {
            table.refreshFailed(life, "no loader takes the load");
        }
    }

    /** Takes notice of a table before anyone reads it, so that {@link #status} shows it. */
    public void introduce(TableDefinition definition) {
        table(definition);
    }

    /**
     * The same for all tables of a statement, at most {@link GenerationSet#MOST_TABLES} of them: their
     * generations, which were all current at one moment, in the order of the uses; or null, and no lease.
     */
    public @Nullable Leased acquire(List<TableUse> uses) {
        if (uses.size() == 1) {
            TableUse only = uses.get(0);
            return acquire(only.oid(), only.attnums());
        }
        Generation[] leased = new Generation[uses.size()];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (int i = 0; i < leased.length; i++) {
                Generation generation = acquire(uses.get(i).oid(), uses.get(i).attnums());
                if (generation == null) {
                    release(leased, i);
                    return null;
                }
                leased[i] = generation;
            }
            if (areCurrent(leased)) {
                return sets.of(leased, clock.millis());
            }
            release(leased, leased.length);
        }
        return null;
    }

    /** Whether those that were leased first still stood when the last one was leased. */
    @SuppressWarnings("ReferenceEquality") // a generation is equal to itself only
    private boolean areCurrent(Generation[] leased) {
        for (int i = 0; i < leased.length - 1; i++) {
            CachedTable table = tables.find(leased[i].table().oid());
            if (table == null || table.current() != leased[i]) {
                return false;
            }
        }
        return true;
    }

    private static void release(Generation[] leased, int count) {
        for (int i = 0; i < count; i++) {
            leased[i].release();
        }
    }

    /** How many sets of generations are kept for reading them together. */
    public int sets() {
        return sets.size();
    }

    /** Counts a statement answered from the table. */
    public void hit(long tableOid) {
        CachedTable table = tables.find(tableOid);
        if (table != null) {
            table.hits.increment();
        }
    }

    /** Counts a statement that caused or awaited a load of the table; the table is known once it was ensured. */
    public void miss(long tableOid) {
        CachedTable table = tables.find(tableOid);
        if (table != null) {
            table.misses.increment();
        }
    }

    /**
     * Loads what is missing of these columns, together with all others ever wanted of the table. One load runs
     * per table: requests that it does not cover are for the one after it. The older generation goes on
     * answering meanwhile. A definition that differs from the known one replaces it, as {@link
     * #definitionChanged} says.
     *
     * @param attnums the columns; if empty, the table's rows without any column in particular
     * @return completes on a loader thread, or at once; never exceptionally, and only for this caller
     */
    public CompletableFuture<LoadOutcome> ensure(TableDefinition definition, Collection<Integer> attnums) {
        CompletableFuture<LoadOutcome> future = new CompletableFuture<>();
        CachedTable table = table(definition);
        if (table == null) {
            future.complete(new LoadOutcome.Refused("the cache is closed"));
        } else {
            perform(table, table.ensure(definition, Set.copyOf(attnums), future));
        }
        return future;
    }

    /**
     * Loads the table anew with the columns that it has, by a load that begins after this call; what it has
     * goes on answering until then.
     */
    public CompletableFuture<LoadOutcome> refresh(TableDefinition definition) {
        CompletableFuture<LoadOutcome> future = new CompletableFuture<>();
        CachedTable table = table(definition);
        if (table == null) {
            future.complete(new LoadOutcome.Refused("the cache is closed"));
        } else {
            perform(table, table.refresh(definition, future));
        }
        return future;
    }

    private @Nullable CachedTable table(TableDefinition definition) {
        CachedTable known = tables.find(definition.oid());
        if (known != null) {
            return known;
        }
        synchronized (lock) {
            known = tables.find(definition.oid());
            if (known != null || closed) {
                return known;
            }
            return add(created(definition));
        }
    }

    private CachedTable created(TableDefinition definition) {
        return new CachedTable(definition, clock, timesToLive, log, () -> obsolete(definition.oid()));
    }

    private CachedTable add(CachedTable table) {
        tables = tables.with(table);
        budget.add(table);
        return table;
    }

    private void obsolete(long tableOid) {
        if (!closed) {
            obsolete.accept(tableOid);
        }
    }

    /**
     * Names who is told of each table whose data is invalidated or about to be replaced by a newer load: what was
     * stored of it before must not be used again. Told on the thread of the write, before {@link #invalidate}
     * returns, so it must be brief. To make room in memory, or to close the cache, makes nothing obsolete.
     */
    public void whenObsolete(LongConsumer listener) {
        obsolete = listener;
    }

    /**
     * Announces a table whose generation will be made of stored pages. From now on whoever wants the table waits
     * for that as for a load, and an invalidation makes it useless.
     *
     * @return what must be completed or abandoned; null where the table is known already or the cache closed
     */
    public @Nullable TableRestore expect(StoredTable stored) {
        long oid = stored.definition().oid();
        synchronized (lock) {
            if (closed || tables.find(oid) != null) {
                return null;
            }
            TableLoad load = new TableLoad(stored.layout());
            CachedTable table = created(stored.definition());
            table.expect(stored, load);
            add(table);
            return new TableRestore(stored, load, budget, result -> perform(table, table.finished(load, result)));
        }
    }

    /** The current generation's number of each table that may be stored, by the table's OID. */
    public Map<Long, Long> storable() {
        Map<Long, Long> numbers = new HashMap<>();
        for (CachedTable table : tables.all()) {
            Generation generation = table.current();
            if (generation != null && generation.provenance() != null) {
                numbers.put(table.oid(), generation.id());
            }
        }
        return numbers;
    }

    /**
     * Writes the pages of a table's current generation to a file, under a lease that lasts no longer than that:
     * until then the generation's memory can't be freed.
     *
     * @param file exists and is empty
     * @return what belongs to the pages; null where there is no generation that may be stored
     * @throws CacheException where the file can't be written
     */
    public @Nullable StoredTable store(long tableOid, Path file) {
        CachedTable table = tables.find(tableOid);
        Generation generation;
        if (table == null) {
            generation = null;
        } else {
            generation = table.current();
        }
        if (table == null || generation == null || !generation.tryAcquire()) {
            return null;
        }
        try {
            Provenance provenance = generation.provenance();
            if (provenance == null) {
                return null;
            }
            generation.writePages(file);
            return StoredTable.of(generation, provenance, table.lastRead());
        } finally {
            generation.release();
        }
    }

    private void perform(CachedTable table, CachedTable.Todo todo) {
        Generation retired = todo.retired();
        if (retired != null) {
            retired.retire();
        }
        todo.completions().forEach(Runnable::run);
        TableLoad load = todo.load();
        if (load != null) {
            try {
                loaders.execute(() -> load(table, load));
            } catch (RejectedExecutionException e) {
                perform(table, table.finished(load, TableLoad.Result.failed("no loader takes the load")));
            }
        }
    }

    private void load(CachedTable table, TableLoad load) {
        TableLoad.Result result = TableLoad.Result.failed("the load died");
        long since = System.nanoTime();
        log.begins(load);
        try {
            result = load.run(source, budget, clock);
        } finally {
            loadNanos.add(System.nanoTime() - since);
            if (result.generation() == null || load.isStale()) {
                loadFailures.increment();
            } else {
                loads.increment();
            }
            log.ended(load, result);
            perform(table, table.finished(load, result));
        }
    }

    /**
     * Whether what is missing of these columns will not be there within this time: the running load has taken
     * longer already, or is expected to.
     */
    public boolean loadsBeyond(long tableOid, int[] attnums, Duration patience) {
        CachedTable table = tables.find(tableOid);
        return table != null && table.loadsBeyond(attnums, patience);
    }

    /** Whether these columns are there, or will be with the running load or the one after it. */
    public boolean isComing(long tableOid, int[] attnums) {
        CachedTable table = tables.find(tableOid);
        return table != null && table.isComing(attnums);
    }

    /**
     * Why there is no sense in loading these columns now, or null where there is: they are there, a load runs or
     * would be tried, and no barrier is up around the table. Refusals are remembered for 60 s (5 s where the upstream failed), longer
     * each time.
     */
    public @Nullable String refusal(long tableOid, int[] attnums) {
        String underWay = barriers.reason(tableOid);
        if (underWay != null) {
            return underWay;
        }
        CachedTable table = tables.find(tableOid);
        if (table == null) {
            return null;
        }
        return table.refusalOf(attnums);
    }

    /**
     * Drops what is cached of a table, after a write. When this has returned, no {@link #acquire} gives data
     * from before; a load that began before is discarded and begun anew for those who wait for it. Refusals
     * stay in force.
     *
     * @return how many tables held data or were loading
     */
    public int invalidate(long tableOid) {
        return invalidate(table -> table.oid() == tableOid, false);
    }

    /**
     * As {@link #invalidate}, on a person's demand: refusals are forgotten too.
     *
     * @param schema the schema, or null for the tables of this name in all schemas
     */
    public int invalidateNamed(@Nullable String schema, String name) {
        return invalidate(
                table -> {
                    TableDefinition definition = table.definition();
                    return definition.name().equals(name)
                            && (schema == null || definition.schema().equals(schema));
                },
                true);
    }

    /** As {@link #invalidateNamed}, for every table. */
    public int invalidateAll() {
        return invalidate(table -> true, true);
    }

    private int invalidate(Predicate<CachedTable> chosen, boolean retryRefused) {
        int count = 0;
        for (CachedTable table : tables.all()) {
            if (chosen.test(table)) {
                if (retryRefused) {
                    table.retryRefused();
                }
                boolean held = table.isBusy();
                perform(table, table.invalidate());
                if (held) {
                    count += 1;
                }
            }
        }
        return count;
    }

    /**
     * Tells the cache how a table is defined now. What it holds is dropped when its name, kind or cacheability
     * or one of the columns wanted of it differs; new statistics, indexes and further columns do not matter.
     */
    public void definitionChanged(TableDefinition now) {
        CachedTable table = tables.find(now.oid());
        if (table != null) {
            perform(table, table.definitionChanged(now));
        }
    }

    /** Drops a table that is no more; those who wait for it are refused. */
    public void forget(long tableOid) {
        CachedTable table;
        synchronized (lock) {
            table = tables.find(tableOid);
            tables = tables.without(tableOid);
        }
        if (table != null) {
            end(table, "the table is gone");
        }
    }

    private void end(CachedTable table, String reason) {
        budget.remove(table);
        perform(table, table.end(reason));
    }

    /** Loads that brought a generation, since the start; those of tables that are gone too. */
    public long loads() {
        return loads.sum();
    }

    /** Loads that failed, were refused or came too late, since the start. */
    public long loadFailures() {
        return loadFailures.sum();
    }

    /** What all of them took together, in milliseconds. */
    public long loadMillis() {
        return loadNanos.sum() / 1_000_000;
    }

    /** All tables that were ever wanted, in the order of their first use. */
    public List<TableStatus> status() {
        return tables.all().stream().map(CachedTable::status).toList();
    }

    /** All columns of all current generations. */
    public List<ColumnStatus> columnStatus() {
        return tables.all().stream()
                .flatMap(table -> {
                    Generation generation = table.current();
                    if (generation == null) {
                        return Stream.<ColumnStatus>empty();
                    }
                    return generation.columns().stream()
                            .filter(column -> !OrderKey.isOne(column.attnum()))
                            .map(column -> ColumnStatus.of(generation, column));
                })
                .toList();
    }

    /** The loads that are under way. */
    public List<LoadProgress> loading() {
        return tables.all().stream()
                .flatMap(table -> Stream.ofNullable(table.progress()))
                .toList();
    }

    /** Drops everything; loads under way are discarded, and whoever waits is refused. */
    @Override
    public void close() {
        List<CachedTable> all;
        synchronized (lock) {
            closed = true;
            all = tables.all();
            tables = TableIndex.EMPTY;
        }
        all.forEach(table -> end(table, "the cache is closed"));
    }
}
