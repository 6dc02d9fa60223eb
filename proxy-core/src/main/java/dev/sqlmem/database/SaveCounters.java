package dev.sqlmem.database;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** Counts of saves and restores, for {@code sqlmem.stats}. Thread-safe. */
public final class SaveCounters {
    private static final Last NEVER = new Last(0, 0, 0);

    private final LongAdder saves = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder restored = new LongAdder();
    private final LongAdder discarded = new LongAdder();
    private volatile Last last = NEVER;

    /**
     * The last save that was finished; all zero before the first.
     *
     * @param second when, in seconds since 1970
     * @param bytes the size of the file
     * @param millis how long it took
     */
    public record Last(long second, long bytes, long millis) {}

    void saved(Instant when, long bytes, long millis) {
        last = new Last(when.getEpochSecond(), bytes, millis);
        saves.increment();
    }

    void failed() {
        failures.increment();
    }

    void restored() {
        restored.increment();
    }

    void discarded() {
        discarded.increment();
    }

    /** How often the file has been written. */
    public long saves() {
        return saves.sum();
    }

    /** How often it could not be. */
    public long failures() {
        return failures.sum();
    }

    /** How many tables came from the file. */
    public long restoredTables() {
        return restored.sum();
    }

    /** How many tables in the file could not be used. */
    public long discardedTables() {
        return discarded.sum();
    }

    /** The last save. */
    public Last last() {
        return last;
    }
}
