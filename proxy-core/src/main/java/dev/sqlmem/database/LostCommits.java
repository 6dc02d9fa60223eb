package dev.sqlmem.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Sessions at the upstream that were lost while they may have been committing: the server notices that late, and may
 * commit yet. Each is asked for, ever more seldom, until the server has it no more. Thread-safe.
 */
public final class LostCommits implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(LostCommits.class);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    /** Asks whether the server has a session that began longer ago than this. */
    interface Sessions {
        boolean has(int pid, Duration beganBefore) throws SQLException;
    }

    private final Sessions sessions;
    private final Executor asker;
    private final LongSupplier ticker;
    private volatile boolean closed;

    /** @param asker runs the questions */
    LostCommits(Sessions sessions, Executor asker, LongSupplier ticker) {
        this.sessions = sessions;
        this.asker = asker;
        this.ticker = ticker;
    }

    /**
     * Runs {@code ended} on a thread that may ask the server, once the session has ended there; not at all if the
     * database is closed before.
     *
     * @param pid the server's process of the session
     */
    public void await(int pid, Runnable ended) {
        ask(asker, new Lost(pid, ticker.getAsLong(), ended), FIRST_PAUSE_MILLIS);
    }

    private record Lost(int pid, long at, Runnable ended) {}

    private void ask(Executor executor, Lost lost, long pauseMillis) {
        try {
            executor.execute(() -> look(lost, pauseMillis));
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody is left to ask for session {}: the proxy stops", lost.pid);
        }
    }

    private void look(Lost lost, long pauseMillis) {
        if (closed) {
            return;
        }
        if (hasEnded(lost)) {
            lost.ended.run();
            return;
        }
        Executor later = CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS, asker);
        ask(later, lost, Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS));
    }

    private boolean hasEnded(Lost lost) {
        try {
            // a session that began after the loss has only got the number of the lost one
            return !sessions.has(lost.pid, Duration.ofNanos(ticker.getAsLong() - lost.at));
        } catch (SQLException e) {
            LOG.debug("cannot ask whether session {} has ended: {}", lost.pid, e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
