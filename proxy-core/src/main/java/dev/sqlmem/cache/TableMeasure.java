package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.GenerationBuilder;
import dev.sqlmem.cache.generation.LoadFailure;
import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.RowSink;
import dev.sqlmem.cache.generation.TableLayout;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a table's rows take without keeping them: piece by piece they go into a database, are measured there
 * and taken out again. So nobody has to make room before it is known that there will be enough. Used by one thread.
 */
final class TableMeasure implements RowSink, AutoCloseable {
    private static final long PIECE_BYTES = 1L << 20;

    private final GenerationBuilder piece;
    private long bytes;
    private long rows;
    private long unmeasured;
    private @Nullable LoadFailure tooLarge;

    /**
     * @param rows how many have come before
     * @param bytes what those take
     */
    TableMeasure(TableLayout layout, MemoryBudget budget, long rows, long bytes) {
        this.piece = new GenerationBuilder(layout, Instant.EPOCH, budget);
        this.rows = rows;
        this.bytes = bytes;
    }

    @Override
    public void row(byte[] copyTuple) throws LoadRefusedException {
        piece.row(copyTuple);
        rows++;
        unmeasured += copyTuple.length;
        if (unmeasured >= PIECE_BYTES) {
            measure();
        }
    }

    private void measure() throws LoadRefusedException {
        unmeasured = 0;
        bytes += piece.rowBytes();
        piece.clear();
        if (bytes > GenerationBuilder.MOST_BYTES) {
            throw refuse(LoadFailure.TooLarge.forOneTable());
        }
        if (bytes > piece.most()) {
            throw refuse(LoadFailure.TooLarge.forBudget(rows, bytes, piece.most()));
        }
    }

    private LoadRefusedException refuse(LoadFailure why) {
        tooLarge = why;
        return new LoadRefusedException(why.reason());
    }

    long rows() {
        return rows;
    }

    /** Why there can't be room for the rows, or they can't be held; else what they take, all of which have come. */
    LoadFailure outcome() {
        LoadFailure failure = failure();
        if (failure == null) {
            return new LoadFailure.Measured(rows, bytes + piece.rowBytes());
        }
        return failure;
    }

    /** Why the load failed, where it was measuring that stopped it. */
    @Nullable
    LoadFailure failure() {
        if (tooLarge == null) {
            return piece.failure();
        }
        return tooLarge;
    }

    @Override
    public void close() {
        piece.close();
    }
}
