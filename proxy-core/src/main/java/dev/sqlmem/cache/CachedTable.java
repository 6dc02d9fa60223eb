package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.CacheableColumns;
import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.GenerationBuilder;
import dev.sqlmem.cache.generation.LoadFailure;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.StoredTable;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One table: its current generation, the load that is under way, and who waits for it.
 *
 * <p>Readers touch {@code current} only. Everything else is decided under this object's lock, which is held
 * for moments: no load, no freeing and no completion of a future happens under it, these are returned as
 * {@link Todo}. Whenever a load ends, each waiter learns what became of its columns or stays for the next
 * load, which then starts at once with all columns ever wanted. That ends, as every load that fails either
 * refuses something for a while or asks for less the next time.
 */
final class CachedTable implements MemoryBudget.Evictable {
    private static final int STALE_LOADS = 3;
    private static final long RETRY_MILLIS = 1_000;

    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();

    private final long oid;
    private final InstantSource clock;
    private final Function<TableDefinition, @Nullable Duration> timesToLive;
    private final Runnable obsolete;
    private final LoadLog log;
    private final AtomicReference<@Nullable Generation> current = new AtomicReference<>();
    private volatile @Nullable Lifetime lifetime;
    private volatile long lastUsed;

    // Guarded by this:
    private TableDefinition definition;
    private final LoadBackoff refusals = new LoadBackoff();
    private final List<Waiter> waiters = new ArrayList<>();
    private Set<Integer> wanted = new TreeSet<>();
    private @Nullable TableLoad running;
    private @Nullable String gone;
    private boolean uniqueKeys = true;
    private int staleLoads;
    private long loads;
    private @Nullable String refreshFailure;

    /** What to do once the lock is released; the order does not matter. */
    record Todo(@Nullable TableLoad load, @Nullable Generation retired, List<Runnable> completions) {}

    /** @param obsolete told when what others may have stored of this table is no longer current */
    CachedTable(
            TableDefinition definition,
            InstantSource clock,
            Function<TableDefinition, @Nullable Duration> timesToLive,
            LoadLog log,
            Runnable obsolete) {
        this.oid = definition.oid();
        this.log = log;
        this.definition = definition;
        this.clock = clock;
        this.timesToLive = timesToLive;
        this.obsolete = obsolete;
    }

    /** Takes note that the first generation will be made of stored pages. */
    void expect(StoredTable stored, TableLoad restore) {
        wanted.addAll(restore.attnums());
        running = restore;
        lastUsed = stored.lastUsed();
    }

    long oid() {
        return oid;
    }

    synchronized TableDefinition definition() {
        return definition;
    }

    @Nullable
    Generation current() {
        return current.get();
    }

    @Nullable
    Generation acquire(int[] attnums) {
        Generation generation = current.get();
        if (generation == null || !generation.covers(attnums)) {
            return null;
        }
        long now = clock.millis();
        Lifetime life = lifetime;
        if ((life != null && !life.answers(now)) || !generation.tryAcquire()) {
            return null;
        }
        if (lastUsed != now) {
            lastUsed = now;
        }
        return generation;
    }

    /** The lifetime whose refresh the caller is to start, or null; after {@link #acquire}, without a lock. */
    @Nullable
    Lifetime claimRefresh() {
        Lifetime life = lifetime;
        if (life != null && life.claim(clock.millis())) {
            return life;
        }
        return null;
    }

    /** Whether what is held is too old to answer. */
    private boolean isOver() {
        return lifetime != null && !lifetime.answers(clock.millis());
    }

    /** Adds a request for columns (none: any one); the future is settled now or when a load ends. */
    synchronized Todo ensure(TableDefinition asked, Set<Integer> attnums, CompletableFuture<LoadOutcome> future) {
        Generation retired = definitionChanged(asked).retired();
        Generation generation = current.get();
        long after = generation != null && isOver() ? generation.id() : 0;
        return request(new Waiter(attnums.isEmpty() ? anyColumn() : attnums, after, future), retired);
    }

    /**
     * Adds a request for a younger generation with the columns held, as far as they are not refused; a load
     * that runs already will do.
     */
    synchronized Todo refreshDue(CompletableFuture<LoadOutcome> future) {
        Generation generation = current.get();
        if (generation == null) {
            return new Todo(null, null, List.of(() -> future.complete(new LoadOutcome.Refused("nothing is held"))));
        }
        Set<Integer> columns = CacheableColumns.of(generation);
        columns.removeIf(attnum -> columnRefusal(attnum) != null);
        return request(
                new Waiter(columns.isEmpty() ? CacheableColumns.of(generation) : columns, generation.id(), future),
                null);
    }

    /** Takes in that this refresh has failed; what is held answers on for a while. */
    synchronized void refreshFailed(Lifetime life, String reason) {
        if (lifetime != life || current.get() == null) {
            return; // it is about rows that have left
        }
        long now = clock.millis();
        life.failed(Math.max(now + RETRY_MILLIS, refusals.tableUntil(now)));
        refreshFailure = reason;
    }

    /** Adds a request for all columns held or wanted, from a load that begins after this call. */
    synchronized Todo refresh(TableDefinition asked, CompletableFuture<LoadOutcome> future) {
        Generation retired = definitionChanged(asked).retired();
        Generation generation = current.get();
        Set<Integer> columns;
        if (generation == null) {
            columns = Set.copyOf(wanted);
        } else {
            columns = CacheableColumns.of(generation);
        }
        return request(
                new Waiter(columns.isEmpty() ? anyColumn() : columns, GenerationBuilder.lastNumber(), future), retired);
    }

    private Todo request(Waiter waiter, @Nullable Generation retired) {
        Generation generation = current.get();
        if (generation != null && waiter.accepts(generation)) {
            return new Todo(null, retired, List.of(waiter.settle(generation)));
        }
        String refusal = refusal(waiter.attnums());
        if (refusal != null) {
            return new Todo(null, retired, List.of(waiter.settle(new LoadOutcome.Refused(refusal))));
        }
        waiters.add(waiter);
        wanted.addAll(waiter.attnums());
        return new Todo(running == null ? next() : null, retired, List.of());
    }

    /** Takes the result of the running load. */
    synchronized Todo finished(TableLoad load, TableLoad.Result result) {
        running = null;
        Generation loaded = result.generation();
        Generation retired = loaded;
        Generation published = null;
        if (loaded != null && !load.isStale() && gone == null) {
            published = loaded;
            long now = clock.millis();
            lifetime = lifetime(
                    loaded, load.isRestore() ? 0 : now - loaded.loadedAt().toEpochMilli());
            refreshFailure = null;
            if (!load.isRestore()) {
                obsolete.run();
                lastUsed = now;
                loads++;
            }
            retired = current.getAndSet(loaded);
            if (!load.isRestore()) {
                obsolete.run(); // once more, for who began to store the former one in between
            }
            staleLoads = 0;
            refusals.loaded(load.attnums());
        } else if (!load.isRestore()) {
            LoadFailure failure = result.failure();
            learn(failure == null || load.isStale() ? new LoadFailure.Stale() : failure, load);
        }
        List<Runnable> completions = settleWaiters(published);
        return new Todo(waiters.isEmpty() ? null : next(), retired, completions);
    }

    private @Nullable Lifetime lifetime(Generation loaded, long tookMillis) {
        Duration timeToLive = timesToLive.apply(definition);
        if (timeToLive == null) {
            return null;
        }
        return new Lifetime(timeToLive, loaded.loadedAt().toEpochMilli(), Math.max(0, tookMillis));
    }

    private TableLoad next() {
        wanted.removeIf(attnum -> columnRefusal(attnum) != null);
        TableLoad load = new TableLoad(definition, wanted, uniqueKeys);
        running = load;
        return load;
    }

    private void learn(LoadFailure failure, TableLoad load) {
        long now = clock.millis();
        if (failure instanceof LoadFailure.Inexact inexact) {
            refusals.column(inexact.column(), inexact, now);
        } else if (failure instanceof LoadFailure.NoOrder noOrder) {
            refusals.column(noOrder.key(), noOrder, now);
        } else if (failure.mayBeForOrder() && load.keys().findAny().isPresent()) {
            load.keys().forEach(key -> refusals.column(key, new LoadFailure.NoOrder(key, failure.reason()), now));
        } else if (failure instanceof LoadFailure.RepeatedKey && uniqueKeys) {
            uniqueKeys = false;
        } else if (failure instanceof LoadFailure.Stale && ++staleLoads < STALE_LOADS) {
            return; // the next one may be luckier
        } else if (failure instanceof LoadFailure.TooLarge && narrow(load)) {
            return;
        } else {
            staleLoads = 0;
            refusals.table(failure, now);
        }
    }

    /**
     * Stops wanting columns that were only wanted in former times. Those of the current generation stay, lest
     * two statements push each other's columns out in turn.
     *
     * @return whether the next load will be narrower than this one
     */
    private boolean narrow(TableLoad load) {
        Set<Integer> held = new TreeSet<>();
        Generation generation = current.get();
        if (generation != null) {
            held.addAll(CacheableColumns.of(generation));
        }
        Set<Integer> needed = new TreeSet<>(held);
        waiters.forEach(waiter -> needed.addAll(waiter.attnums()));
        boolean narrower = !needed.containsAll(load.attnums());
        if (narrower) {
            wanted = needed;
        } else {
            wanted = held;
        }
        return narrower;
    }

    private List<Runnable> settleWaiters(@Nullable Generation loaded) {
        List<Runnable> completions = new ArrayList<>();
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            String refusal = refusal(waiter.attnums());
            if (loaded != null && waiter.accepts(loaded)) {
                completions.add(waiter.settle(loaded));
                all.remove();
            } else if (refusal != null) {
                completions.add(waiter.settle(new LoadOutcome.Refused(refusal)));
                all.remove();
            }
        }
        return completions;
    }

    /** A column for statements that need the rows only: one held or wanted anyway, else the first that can be. */
    private Set<Integer> anyColumn() {
        for (Integer attnum : wanted) {
            if (columnRefusal(attnum) == null) {
                return Set.of(attnum);
            }
        }
        for (ColumnDefinition column : definition.columns()) {
            if (columnRefusal(column.attnum()) == null) {
                return Set.of(column.attnum());
            }
        }
        return Set.of();
    }

    /** Why these columns can't be loaded now, or null. Asked for columns that the current generation lacks. */
    private @Nullable String refusal(Set<Integer> attnums) {
        if (gone != null) {
            return gone;
        }
        if (definition.notCacheable() != null) {
            return definition.notCacheable();
        }
        if (attnums.isEmpty()) {
            return "no column of the table can be cached";
        }
        for (Integer attnum : attnums) {
            String refusal = columnRefusal(attnum);
            if (refusal != null) {
                return refusal;
            }
        }
        return refusals.ofTable(clock.millis());
    }

    private @Nullable String columnRefusal(int attnum) {
        String always = new CacheableColumns(definition).refusal(attnum);
        if (always != null) {
            return always;
        }
        String now = refusals.ofColumn(attnum, clock.millis());
        if (now == null && OrderKey.isOne(attnum)) {
            return refusals.ofColumn(OrderKey.columnOf(attnum), clock.millis());
        }
        return now;
    }

    /** Why {@link #ensure} would refuse at once, or null. */
    synchronized @Nullable String refusalOf(int[] attnums) {
        if (holds(attnums)) {
            return null;
        }
        Set<Integer> columns = columns(attnums);
        return refusal(columns.isEmpty() ? anyColumn() : columns);
    }

    /** Whether what is missing of these columns takes longer than this. */
    synchronized boolean loadsBeyond(int[] attnums, Duration patience) {
        return running != null && !holds(attnums) && running.lastsBeyond(patience);
    }

    /** Whether these columns are there, or will be with the running load or the one after it. */
    synchronized boolean isComing(int[] attnums) {
        if (holds(attnums)) {
            return true;
        }
        Set<Integer> columns = columns(attnums);
        return running != null
                && ((!running.isStale() && running.attnums().containsAll(columns))
                        || waiters.stream().anyMatch(waiter -> waiter.attnums().containsAll(columns)));
    }

    private boolean holds(int[] attnums) {
        Generation generation = current.get();
        return generation != null && generation.covers(attnums) && !isOver();
    }

    private static Set<Integer> columns(int[] attnums) {
        Set<Integer> columns = new TreeSet<>();
        for (int attnum : attnums) {
            columns.add(attnum);
        }
        return columns;
    }

    /** Drops what is held and makes a running load start anew for its waiters. */
    synchronized Todo invalidate() {
        if (running != null) {
            running.makeStale();
        }
        refreshFailure = null;
        Generation dropped = current.getAndSet(null);
        obsolete.run(); // after that: whoever stores the table meanwhile either is told or finds nothing
        return new Todo(null, dropped, List.of());
    }

    synchronized void retryRefused() {
        refusals.clear();
    }

    /** Takes over a definition, dropping what is held when it is no longer that of the same columns. */
    synchronized Todo definitionChanged(TableDefinition now) {
        TableDefinition before = definition;
        definition = now;
        if (!new CacheableColumns(before).differ(now, wanted)) {
            return new Todo(null, null, List.of());
        }
        refusals.clear();
        uniqueKeys = true;
        wanted.removeIf(attnum -> now.find(attnum) == null);
        return invalidate();
    }

    /** Ends this object's life: it refuses everything from now on, with this reason. */
    synchronized Todo end(String reason) {
        gone = reason;
        return new Todo(null, invalidate().retired(), settleWaiters(null));
    }

    /** When the current generation was last read, in milliseconds since 1970. */
    long lastRead() {
        return lastUsed;
    }

    @Override
    public @Nullable Long lastUsed() {
        if (current.get() == null) {
            return null;
        }
        return lastUsed;
    }

    @Override
    public long idleBytes() {
        Generation generation = current.get();
        if (generation == null) {
            return 0;
        }
        return generation.idleBytes();
    }

    @Override
    public boolean evict() {
        Generation generation = current.get();
        if (generation == null || !generation.retireIfIdle()) {
            return false;
        }
        current.compareAndSet(generation, null);
        log.evicted(generation.table());
        return true;
    }

    /** Whether there is something that {@link #invalidate} would drop. */
    synchronized boolean isBusy() {
        return running != null || current.get() != null;
    }

    synchronized @Nullable LoadProgress progress() {
        if (running == null) {
            return null;
        }
        return running.progress();
    }

    synchronized TableStatus status() {
        Generation generation = current.get();
        Lifetime life;
        if (generation == null) {
            life = null;
        } else {
            life = lifetime;
        }
        Duration timeToLive = timesToLive.apply(definition);
        return new TableStatus(
                definition.schema(),
                definition.name(),
                new CacheableColumns(definition)
                        .names(generation == null ? wanted : new TreeSet<>(CacheableColumns.of(generation))),
                state(generation),
                reason(),
                generation == null ? 0 : generation.rows(),
                generation == null ? 0 : generation.bytes(),
                generation == null ? 0 : generation.id(),
                generation == null ? null : generation.loadedAt(),
                loads,
                hits.sum(),
                misses.sum(),
                generation == null ? "" : String.join(", ", generation.indexes()),
                running == null ? null : running.progress(),
                timeToLive,
                life == null ? null : Instant.ofEpochMilli(life.planned()));
    }

    private String state(@Nullable Generation generation) {
        if (generation != null) {
            if (isOver()) {
                return "stale";
            }
            return "ready";
        }
        if (running != null) {
            return "loading";
        }
        if (reason() != null) {
            return "refused";
        }
        return "absent";
    }

    private @Nullable String reason() {
        if (definition.notCacheable() != null) {
            return definition.notCacheable();
        }
        if (refreshFailure != null) {
            return "the refresh failed: " + refreshFailure;
        }
        return refusals.any(clock.millis());
    }
}
