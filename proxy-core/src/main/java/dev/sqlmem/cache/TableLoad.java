package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.GenerationBuilder;
import dev.sqlmem.cache.generation.LoadFailure;
import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.TableLayout;
import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.Provenance;
import dev.sqlmem.catalog.TableDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One attempt to load some columns of a table. Runs on a loader thread; any thread may make it stale. */
final class TableLoad {
    private static final int REPORT_ROWS = 1024;

    private final TableLayout layout;
    private final Set<Integer> attnums;
    private final boolean restore;
    private volatile boolean stale;
    private volatile long rows;
    private volatile long bytes;
    private volatile long since;
    private final long wantedAt = System.nanoTime();
    private long received;

    TableLoad(TableDefinition table, Set<Integer> attnums, boolean uniqueKeys) {
        this.layout = TableLayout.of(table, attnums, uniqueKeys);
        this.attnums = attnums(layout);
        this.restore = false;
    }

    /** Stands for the making of a generation from stored pages, which others wait for as for a load. */
    TableLoad(TableLayout layout) {
        this.layout = layout;
        this.attnums = attnums(layout);
        this.restore = true;
    }

    private static Set<Integer> attnums(TableLayout layout) {
        return layout.columns().stream().map(ColumnDefinition::attnum).collect(Collectors.toUnmodifiableSet());
    }

    /** Either of the two is null. */
    record Result(@Nullable Generation generation, @Nullable LoadFailure failure) {

        static Result failed(String reason) {
            return new Result(null, new LoadFailure.Upstream(reason));
        }
    }

    /** Whether the rows are stored ones. */
    boolean isRestore() {
        return restore;
    }

    /** What it loads. */
    Set<Integer> attnums() {
        return attnums;
    }

    /** The order keys among it. */
    Stream<ColumnDefinition> keys() {
        return layout.columns().stream().filter(column -> OrderKey.isOne(column.attnum()));
    }

    TableDefinition table() {
        return layout.table();
    }

    List<ColumnDefinition> columns() {
        return layout.columns();
    }

    /** How many rows it has so far, to within a thousand. */
    long rows() {
        return rows;
    }

    /** How long it has been running; zero before it runs. */
    Duration elapsed() {
        long began = since;
        if (began == 0) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Whether it is not worth to wait so long for it: it has taken longer already, the time that it waited for a
     * loader included, or half of it has passed and the rest will take longer.
     */
    boolean lastsBeyond(Duration patience) {
        long taken = System.nanoTime() - wantedAt;
        if (taken >= patience.toNanos()) {
            return true;
        }
        Duration remaining = progress().remaining();
        return taken >= patience.toNanos() / 2 && remaining != null && remaining.compareTo(patience) > 0;
    }

    /** How far it is. */
    LoadProgress progress() {
        TableDefinition table = layout.table();
        return new LoadProgress(
                table.qualifiedName(), rows, Math.max(0, (long) table.estimatedRows()), bytes, elapsed());
    }

    /** Makes the load useless: what it read may be from before a change. */
    void makeStale() {
        stale = true;
    }

    boolean isStale() {
        return stale;
    }

    /** Loads. A returned generation is the caller's to publish or retire. */
    Result run(TableSource source, MemoryBudget budget, InstantSource clock) {
        since = System.nanoTime();
        String hopeless = SizeEstimate.hopeless(layout, budget.limit());
        if (hopeless != null) {
            return new Result(null, new LoadFailure.TooLarge(hopeless));
        }
        Result first = attempt(source, budget, clock, null);
        if (first.failure() instanceof LoadFailure.Measured measured) {
            return attempt(source, budget, clock, measured);
        }
        return first;
    }

    /** @param measured what the rows take, where that is known, so that room is made for them */
    private Result attempt(
            TableSource source, MemoryBudget budget, InstantSource clock, LoadFailure.@Nullable Measured measured) {
        received = 0;
        try (GenerationBuilder builder = new GenerationBuilder(layout, clock.instant(), budget);
                IncomingRows incoming = new IncomingRows(builder, layout, budget)) {
            try {
                if (measured != null) {
                    builder.admit(measured);
                }
                Provenance before = source.provenance(layout.table(), layout.columns());
                source.load(layout.table(), layout.columns(), tuple -> row(incoming, tuple));
                LoadFailure swallowed = incoming.outcome();
                if (swallowed != null && !stale) {
                    return new Result(null, swallowed);
                }
                if (!stale) {
                    Provenance provenance = throughout(before, source.provenance(layout.table(), layout.columns()));
                    Generation generation = builder.seal();
                    generation.comesFrom(provenance);
                    return new Result(generation, null);
                }
                return failed(incoming, "the load was stopped");
            } catch (Exception e) {
                return failed(incoming, reason(e));
            }
        } catch (CacheException e) {
            return Result.failed(reason(e));
        }
    }

    /** The later of two, which is beyond every change that the load has seen, if they are of the same table. */
    private static @Nullable Provenance throughout(@Nullable Provenance before, @Nullable Provenance after) {
        if (before == null || after == null || before.differenceTo(after) != null) {
            return null;
        }
        return after;
    }

    private void row(IncomingRows incoming, byte[] tuple) throws LoadRefusedException {
        if (stale) {
            throw new LoadRefusedException("stale");
        }
        incoming.row(tuple);
        received += tuple.length;
        long count = incoming.rows();
        if (count % REPORT_ROWS == 0) {
            rows = count;
            bytes = received;
        }
    }

    /** The rows know best: the source may have wrapped what they threw. */
    private Result failed(IncomingRows incoming, String reason) {
        LoadFailure failure = incoming.failure();
        if (failure == null) {
            if (stale) {
                failure = new LoadFailure.Stale();
            } else {
                failure = new LoadFailure.Upstream(reason);
            }
        }
        return new Result(null, failure);
    }

    private static String reason(Exception e) {
        if (e.getMessage() == null) {
            return e.getClass().getSimpleName();
        }
        return e.getMessage();
    }
}
