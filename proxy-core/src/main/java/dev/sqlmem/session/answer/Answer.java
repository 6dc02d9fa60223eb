package dev.sqlmem.session.answer;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a translated statement over leased generations.
 *
 * <p>Belongs to the client's event loop. A brief statement runs right there ({@link #runInline}); another
 * one runs in slices on a worker, which gets the next slice only when the client has taken the last.
 * {@link #close} gives the lease back, at the latest when a running slice has ended.
 *
 * <p><b>Once a row is sent, the cache cannot give up any more.</b> Slices are sent before the rest is known
 * only where the plan is total (see {@link TranslatedQuery#total}) and reads columns as they were loaded: their storage
 * classes are those that their codecs have bound, as the tables convert nothing, the generation never
 * changes, and arguments are converted before the first step. Everything else is {@linkplain HeldRows held
 * back} to its end, with a row limit too. What is left is the machine's own failure (no memory), which the
 * client is told as an error, as a server would tell it.
 */
public final class Answer implements AutoCloseable {
    /** How many bytes a slice writes before it ends. */
    private static final int SLICE = 64 * 1024;

    /** How much is held back of an answer in which a value may yet prove not to be exact. */
    private static final int HELD_BACK = 8 * 1024 * 1024;

    /** What a slice came to. */
    public enum Outcome {
        /** There are more rows. */
        MORE,
        /** The row limit is reached. */
        SUSPENDED,
        /** All rows are written. */
        DONE,
        /** SQLite or a codec gave up; nothing of this slice is written. */
        FAILED
    }

    /** Hears of slices, on the event loop; takes the bytes over. */
    public interface Slices {
        void slice(ByteBuf rows, long count, Outcome outcome, @Nullable RuntimeException failure);
    }

    private final TranslatedQuery read;
    private final Leased leased;
    private final Arguments arguments;
    private final RowWriter writer;
    private final boolean brief;
    private final boolean heldBack;
    private final boolean missed;
    private final boolean ownsGeneration;
    private final long since = System.nanoTime();
    private volatile @Nullable Reader reader;
    private @Nullable Statement statement;
    private @Nullable HeldRows held;
    private boolean started;
    private boolean finished;
    private boolean running;
    private boolean closeAtEnd;
    private boolean closed;
    private long rowsSent;

    private Answer(
            TranslatedQuery read,
            Leased leased,
            Arguments arguments,
            RowWriter writer,
            boolean brief,
            boolean heldBack,
            boolean missed,
            boolean ownsGeneration) {
        this.read = read;
        this.leased = leased;
        this.arguments = arguments;
        this.writer = writer;
        this.brief = brief;
        this.heldBack = heldBack;
        this.missed = missed;
        this.ownsGeneration = ownsGeneration;
    }

    /**
     * An answer from the cache, which takes over the lease.
     *
     * @param missed whether a load was caused or awaited
     */
    public static Answer cached(CachedPlan plan, Leased leased, Arguments arguments, RowWriter writer, boolean missed) {
        TranslatedQuery read = plan.read();
        boolean brief = plan.fit(leased) == CachedPlan.Fit.BRIEF;
        boolean heldBack = !read.total() || (read.zoned() && writer.settings().zoneExactFrom() != Long.MIN_VALUE);
        return new Answer(read, leased, arguments, writer, brief, heldBack, missed, false);
    }

    /** An answer from rows of the proxy's own, whose generation it takes over with the lease on it. */
    public static Answer local(TranslatedQuery read, Generation generation, Arguments arguments, RowWriter writer) {
        return new Answer(read, generation, arguments, writer, true, false, false, true);
    }

    /** Whether it is about the proxy's own rows. */
    public boolean isLocal() {
        return ownsGeneration;
    }

    /** Whether a load was caused or awaited. */
    public boolean isMiss() {
        return missed;
    }

    /** How long ago it was admitted. */
    public long elapsedNanos() {
        return System.nanoTime() - since;
    }

    public Leased leased() {
        return leased;
    }

    public Arguments arguments() {
        return arguments;
    }

    public RowWriter writer() {
        return writer;
    }

    public TranslatedQuery read() {
        return read;
    }

    /** Whether {@link #runInline} may be used. */
    public boolean isBrief() {
        return brief && !started;
    }

    /** Whether all rows have been given. */
    public boolean isFinished() {
        return finished;
    }

    /** How many rows have been given. */
    public long rowsSent() {
        return rowsSent;
    }

    /** Whether rows have been given already, so that the upstream cannot take over any more. */
    public boolean isStarted() {
        return started;
    }

    /**
     * Runs to the end on the event loop and appends all rows.
     *
     * @param slot the event loop's slot in the generation
     * @return the number of rows
     * @throws RuntimeException where the cache gives up; nothing is appended then
     */
    public long runInline(int slot, ByteBuf out) {
        Reader own = leased.inlineReader(slot);
        long rows;
        try {
            rows = run(own.statement(read.query()), out);
        } finally {
            leased.giveBackInline(slot, own);
        }
        started = true;
        finished = true;
        rowsSent = rows;
        return rows;
    }

    private long run(Statement inline, ByteBuf out) {
        int mark = out.writerIndex();
        long rows = 0;
        boolean complete = false;
        try {
            arguments.bindTo(inline);
            while (inline.step()) {
                writer.write(inline, out);
                rows++;
            }
            complete = true;
        } finally {
            inline.reset();
            if (!complete) {
                out.writerIndex(mark);
            }
        }
        return rows;
    }

    /** Writes the next rows on a worker; {@code limit} is how many at the most, 0: no limit. */
    public void runSlice(long limit, ByteBufAllocator allocator, Executor workers, Executor loop, Slices listener) {
        running = true;
        workers.execute(() -> slice(limit, allocator, loop, listener));
    }

    private void slice(long limit, ByteBufAllocator allocator, Executor loop, Slices listener) {
        ByteBuf out = allocator.buffer(SLICE + SLICE / 4);
        long rows = 0;
        Outcome outcome = Outcome.MORE;
        RuntimeException failure = null;
        try {
            if (heldBack) {
                rows = heldRows(allocator).take(limit, out);
                if (limit > 0 && rows == limit) {
                    outcome = Outcome.SUSPENDED;
                } else {
                    outcome = Outcome.DONE;
                }
            } else {
                Statement cursor = cursor();
                while (outcome == Outcome.MORE && out.writerIndex() < SLICE) {
                    if (!cursor.step()) {
                        outcome = Outcome.DONE;
                    } else {
                        writer.write(cursor, out);
                        rows++;
                        if (rows == limit) {
                            outcome = Outcome.SUSPENDED;
                        } else {
                            outcome = Outcome.MORE;
                        }
                    }
                }
            }
        } catch (RuntimeException e) {
            failure = e;
            outcome = Outcome.FAILED;
        } catch (Error e) {
            failure = new CacheFault(e); // whatever is the matter, the client must hear of it
            outcome = Outcome.FAILED;
        }
        long count = rows;
        Outcome came = outcome;
        RuntimeException why = failure;
        loop.execute(() -> ended(out, count, came, why, listener));
    }

    /** Makes the whole answer at its first slice: what it may yet stumble over, it does before a row is sent. */
    private HeldRows heldRows(ByteBufAllocator allocator) {
        HeldRows all = held;
        if (all != null) {
            return all;
        }
        ByteBuf frames = allocator.buffer(SLICE);
        boolean complete = false;
        try {
            Statement cursor = cursor();
            while (cursor.step()) {
                writer.write(cursor, frames);
                if (frames.writerIndex() > HELD_BACK) {
                    throw new NotExactException("an answer too large to be held back");
                }
            }
            cursor.reset();
            all = new HeldRows(frames);
            held = all;
            complete = true;
            return all;
        } finally {
            if (!complete) {
                frames.release();
            }
        }
    }

    private Statement cursor() {
        Statement cursor = statement;
        if (cursor == null) {
            Reader own = leased.borrow();
            reader = own;
            cursor = own.statement(read.query());
            statement = cursor;
            arguments.bindTo(cursor);
        }
        return cursor;
    }

    private void ended(ByteBuf out, long rows, Outcome outcome, @Nullable RuntimeException failure, Slices listener) {
        running = false;
        if (closeAtEnd) {
            out.release();
            free();
            return;
        }
        rowsSent += outcome == Outcome.FAILED ? 0 : rows;
        started |= outcome != Outcome.FAILED;
        finished = outcome == Outcome.DONE;
        if (outcome == Outcome.FAILED) {
            out.clear();
        }
        listener.slice(out, rows, outcome, failure);
    }

    /** Stops a slice that runs; it ends with an interrupted {@link CacheException}. */
    public void interrupt() {
        Reader own = reader;
        if (running && own != null) {
            own.interrupt();
        }
    }

    @Override
    public void close() {
        if (running) {
            closeAtEnd = true;
            interrupt();
        } else {
            free();
        }
    }

    private void free() {
        if (closed) {
            return;
        }
        closed = true;
        HeldRows rows = held;
        if (rows != null) {
            rows.close();
        }
        Statement cursor = statement;
        Reader own = reader;
        if (cursor != null) {
            cursor.reset();
        }
        if (own != null) {
            leased.giveBack(own);
        }
        if (ownsGeneration) {
            leased.generations().forEach(Generation::retire);
        }
        leased.release();
    }
}
