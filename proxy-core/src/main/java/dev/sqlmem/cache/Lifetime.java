package dev.sqlmem.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Until when a generation answers whose table has a time to live. Thread-safe, without locks.
 *
 * <p>Younger than the time to live it simply answers. From then on it is due: the first use takes the refresh
 * upon itself ({@link #claim}), and the rows go on answering while it runs, and after refreshes that failed,
 * up to {@link #STALE_TIMES} times the time to live, {@link #LEAST_STALE} at least. A generation that nobody
 * used while it was due, for as long as its time to live once more, answers nobody: whoever comes then waits
 * for the refresh as for a first load.
 *
 * <p>A table whose load takes longer than its time to live is due only after as long as the load took, so that
 * at most half of the time is spent on loading it.
 */
final class Lifetime {
    /** How many times to live old the rows may become while no refresh succeeds. */
    static final int STALE_TIMES = 10;

    /** How long they may answer after they were due, in milliseconds, however short their time to live is. */
    static final long LEAST_STALE = 60_000;

    private static final long CLAIMED = Long.MAX_VALUE;

    private final AtomicLong due;
    private final long end;
    private volatile long planned;
    private volatile long unused;

    /**
     * @param loadedAt when the load began, in milliseconds of the epoch, as all moments here
     * @param tookMillis how long the load took
     */
    Lifetime(Duration timeToLive, long loadedAt, long tookMillis) {
        long millis = Math.max(1, timeToLive.toMillis());
        planned = loadedAt + Math.max(millis, 2 * tookMillis);
        due = new AtomicLong(planned);
        unused = planned + millis;
        end = planned + 2 * tookMillis + Math.max(LEAST_STALE, (STALE_TIMES - 1) * millis);
    }

    /** Whether the generation answers now. */
    boolean answers(long now) {
        long at = due.get();
        return now < end && (at == CLAIMED || now < Math.max(at, unused));
    }

    /** Whether the caller is to start the refresh that is due; true for one caller only. */
    boolean claim(long now) {
        long at = due.get();
        return now >= at && due.compareAndSet(at, CLAIMED);
    }

    /** Takes in that the refresh has failed: the next use from {@code retryAt} on is to try again. */
    void failed(long retryAt) {
        unused = end;
        planned = retryAt;
        due.set(retryAt);
    }

    /** When the next use starts a refresh; in the past while one is due or runs. */
    long planned() {
        return planned;
    }
}
