package dev.sqlmem.session.metrics;

import java.util.ArrayDeque;

/** When the statements that have gone upstream left, until the batch of each ends. Belongs to the event loop. */
public final class RelayTimes {
    /** A client that sends more without a Sync is not timed beyond these. */
    private static final int MOST = 1_024;

    private final Latencies latencies;
    private final ArrayDeque<Sent> underWay = new ArrayDeque<>();

    private record Sent(long batch, long at) {}

    public RelayTimes(Latencies latencies) {
        this.latencies = latencies;
    }

    /** A statement of this batch leaves. */
    public void sent(long batch) {
        if (underWay.size() < MOST) {
            underWay.add(new Sent(batch, System.nanoTime()));
        }
    }

    /** The batch has ended, and all before it. */
    public void ended(long batch) {
        long now = System.nanoTime();
        for (Sent first = underWay.peek(); first != null && first.batch <= batch; first = underWay.peek()) {
            latencies.record(now - first.at);
            underWay.remove();
        }
    }
}
