package dev.sqlmem.session;

import dev.sqlmem.session.decision.Request;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds back later messages while something is under way. Belongs to the event loop. */
final class Waiting {
    private final EventLoop loop;
    private final Duration fillWait;
    private final Request request;
    private final Farewell farewell;
    private final Runnable resume;
    private boolean busy;
    private int ticket;
    private boolean cancelInFlight;

    /**
     * @param fillWait how long one message may wait for what is missing
     * @param request the statement whose turn it is
     * @param resume goes on with the message at the head and those behind it
     */
    Waiting(EventLoop loop, Duration fillWait, Request request, Farewell farewell, Runnable resume) {
        this.loop = loop;
        this.fillWait = fillWait;
        this.request = request;
        this.farewell = farewell;
        this.resume = resume;
    }

    /** Whether later messages must wait. */
    boolean isBusy() {
        return busy;
    }

    /** Goes on with what was held back. */
    void resume() {
        resume.run();
    }

    EventLoop loop() {
        return loop;
    }

    /** Ends the present block. */
    void breakOff() {
        unblock(ticket);
    }

    /**
     * Waits for a future, but not beyond {@code fillWait} for one message; then the request is declined.
     *
     * @param what it is, for people
     * @param unattended told when the message does not wait any longer
     */
    Step await(CompletableFuture<?> until, String what, Runnable unattended) {
        long now = System.nanoTime();
        long deadline = request.deadline(now, fillWait.toNanos());
        int mine = block();
        ScheduledFuture<?> timer = loop.schedule(
                () -> {
                    if (isStill(mine)) {
                        unattended.run();
                        wake(mine, "waiting for the " + what + " took too long");
                    }
                },
                Math.max(0, deadline - now),
                TimeUnit.NANOSECONDS);
        until.whenComplete((done, failure) -> loop.execute(() -> {
            timer.cancel(false);
            wake(mine, failure == null ? null : reason(failure));
        }));
        return Step.WAIT;
    }

    private static String reason(Throwable failure) {
        Throwable cause;
        if (failure instanceof CompletionException && failure.getCause() != null) {
            cause = failure.getCause();
        } else {
            cause = failure;
        }
        return String.valueOf(cause.getMessage());
    }

    /** Lets later messages wait until {@link #unblock}; returns the ticket for it. */
    int block() {
        busy = true;
        return ++ticket;
    }

    private boolean isStill(int mine) {
        return mine == ticket && busy && !farewell.isOver();
    }

    /** Ends a block, unless it has been ended already. */
    boolean unblock(int mine) {
        if (mine != ticket || !busy) {
            return false;
        }
        ticket++;
        busy = false;
        return true;
    }

    private void wake(int mine, @Nullable String declined) {
        if (!farewell.isOver() && unblock(mine)) {
            if (declined != null) {
                request.decline(declined);
            }
            resume();
        }
    }

    /** Holds back later messages while a CancelRequest is on its way upstream, so that it hits none of them. */
    void cancelOnItsWay(CompletableFuture<?> arrived) {
        if (cancelInFlight) {
            return;
        }
        cancelInFlight = true;
        boolean wasBusy = busy;
        int mine;
        if (wasBusy) {
            mine = ticket;
        } else {
            mine = block();
        }
        arrived.whenComplete((done, failure) -> loop.execute(() -> {
            cancelInFlight = false;
            if (!wasBusy && !farewell.isOver() && unblock(mine)) {
                resume();
            }
        }));
    }
}
