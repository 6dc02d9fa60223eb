package dev.sqlmem.cache;

import dev.sqlmem.catalog.TableDefinition;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt to load some columns of a table. Runs on a loader thread; any thread may make it stale. */
final class TableLoad {
    private static final int REPORT_ROWS = 1024;

    private final TableLayout layout;
    private final Set<Integer> attnums;
    private volatile boolean stale;
    private volatile long rows;

    TableLoad(TableDefinition table, Set<Integer> attnums, boolean uniqueKeys) {
        this.layout = TableLayout.of(table, attnums, uniqueKeys);
        this.attnums = Set.copyOf(attnums);
    }

    /** Either of the two is null. */
    record Result(@Nullable Generation generation, @Nullable LoadFailure failure) {

        static Result failed(String reason) {
            return new Result(null, new LoadFailure.Upstream(reason));
        }
    }

    /** What it loads. */
    Set<Integer> attnums() {
        return attnums;
    }

    /** How many rows it has so far, to within a thousand. */
    long rows() {
        return rows;
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
        String hopeless = SizeEstimate.hopeless(layout, budget.limit());
        if (hopeless != null) {
            return new Result(null, new LoadFailure.TooLarge(hopeless));
        }
        try (GenerationBuilder builder = new GenerationBuilder(layout, clock.instant(), budget)) {
            try {
                source.load(layout.table(), layout.columns(), tuple -> row(builder, tuple));
                LoadFailure swallowed = builder.failure();
                if (swallowed == null && !stale) {
                    return new Result(builder.seal(), null);
                }
                return failed(builder, "the load was stopped");
            } catch (Exception e) {
                return failed(builder, reason(e));
            }
        } catch (CacheException e) {
            return Result.failed(reason(e));
        }
    }

    private void row(GenerationBuilder builder, byte[] tuple) throws LoadRefusedException {
        if (stale) {
            throw new LoadRefusedException("stale");
        }
        builder.row(tuple);
        long count = builder.rows();
        if (count % REPORT_ROWS == 0) {
            rows = count;
        }
    }

    /** The builder knows best: the source may have wrapped what the builder threw. */
    private Result failed(GenerationBuilder builder, String reason) {
        LoadFailure failure = builder.failure();
        if (failure == null) {
            failure = stale ? new LoadFailure.Stale() : new LoadFailure.Upstream(reason);
        }
        return new Result(null, failure);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
