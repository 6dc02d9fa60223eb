package dev.sqlmem.admin;

import dev.sqlmem.admin.HistoryReport.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/** The last hour in slices, kept in memory. Thread-safe; one thread calls {@link #slice} as often as slices are long. */
public final class History {
    /** How long a slice is. */
    public static final Duration SLICE = Duration.ofSeconds(10);

    private static final int MOST = 360;

    private final ArrayDeque<Slice> slices = new ArrayDeque<>();
    private Slice before = new Slice(0, 0, 0, 0);
    private Instant end;

    /** Begins at this moment. */
    public History(Instant start) {
        this.end = start;
    }

    /** Ends a slice: {@code now} is what was counted since the start of the proxy. */
    public synchronized void slice(Slice now, Instant at) {
        slices.add(new Slice(
                now.hits() - before.hits(),
                now.misses() - before.misses(),
                now.relayed() - before.relayed(),
                now.refused() - before.refused()));
        if (slices.size() > MOST) {
            slices.remove();
        }
        before = now;
        end = at;
    }

    /** The slices so far. */
    public synchronized HistoryReport report() {
        return new HistoryReport(end, SLICE.toSeconds(), List.copyOf(slices));
    }
}
