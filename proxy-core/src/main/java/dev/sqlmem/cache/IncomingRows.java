package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.GenerationBuilder;
import dev.sqlmem.cache.generation.LoadFailure;
import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.RowSink;
import dev.sqlmem.cache.generation.TableLayout;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a load: kept as long as there is free memory, or room was made for them; from then on only measured.
 * Used by one thread.
 */
final class IncomingRows implements RowSink, AutoCloseable {
    private final GenerationBuilder builder;
    private final TableLayout layout;
    private final MemoryBudget budget;
    private @Nullable TableMeasure measure;

    /** @param builder closed with this object */
    IncomingRows(GenerationBuilder builder, TableLayout layout, MemoryBudget budget) {
        this.builder = builder;
        this.layout = layout;
        this.budget = budget;
    }

    @Override
    public void row(byte[] copyTuple) throws LoadRefusedException {
        TableMeasure measuring = measure;
        if (measuring != null) {
            measuring.row(copyTuple);
            return;
        }
        builder.row(copyTuple);
        if (builder.isShort()) {
            long bytes = builder.rowBytes();
            builder.close(); // others may need the memory meanwhile
            measure = new TableMeasure(layout, budget, builder.rows(), bytes);
        }
    }

    long rows() {
        TableMeasure measuring = measure;
        if (measuring == null) {
            return builder.rows();
        }
        return measuring.rows();
    }

    /** Why the load failed, where it was its rows that stopped it. */
    @Nullable
    LoadFailure failure() {
        TableMeasure measuring = measure;
        if (measuring == null) {
            return builder.failure();
        }
        return measuring.failure();
    }

    /** Why there is nothing to be sealed, now that all rows have come, or null. */
    @Nullable
    LoadFailure outcome() {
        TableMeasure measuring = measure;
        if (measuring == null) {
            return builder.failure();
        }
        return measuring.outcome();
    }

    @Override
    public void close() {
        TableMeasure measuring = measure;
        if (measuring != null) {
            measuring.close();
        }
        builder.close();
    }
}
