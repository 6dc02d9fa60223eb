package dev.sqlmem.admin;

import java.time.Instant;
import java.util.List;

/**
 * What happened lately, in time slices of equal length, the oldest first.
 *
 * @param end when the last slice ended
 * @param sliceSeconds the length of each
 * @param slices as many as there have been since the start, up to an hour of them
 */
public record HistoryReport(Instant end, long sliceSeconds, List<Slice> slices) {

    /** How many statements of each kind there were in one slice. */
    public record Slice(long hits, long misses, long relayed, long refused) {}

    public HistoryReport {
        slices = List.copyOf(slices);
    }
}
