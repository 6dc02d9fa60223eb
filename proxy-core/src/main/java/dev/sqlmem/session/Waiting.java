package dev.sqlmem.session;

import dev.sqlmem.session.Conversation.Step;
import dev.sqlmem.session.decision.Admission.Decline;
import dev.sqlmem.session.decision.Admission.Verdict;
import dev.sqlmem.session.metrics.RelayReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the message at the head of the queue waits for. Belongs to the event loop. */
final class Waiting {
    private final Conversation conversation;
    private boolean busy;
    private int ticket;
    private long deadline;
    private boolean loadAwaited;
    private boolean cancelInFlight;
    private @Nullable String declined;
    private @Nullable Decline because;

    Waiting(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Whether later messages must wait. */
    boolean isBusy() {
        return busy;
    }

    /** The message at the head has been dealt with. */
    void over() {
        deadline = 0;
        loadAwaited = false;
        declined = null;
        because = null;
    }

    /** Ends the present block. */
    void breakOff() {
        unblock(ticket);
    }

    /** Waits for a future, but not beyond {@code fillWait} for one message; then it is {@link #declined}. */
    Step await(CompletableFuture<?> until, boolean load) {
        long now = System.nanoTime();
        if (deadline == 0) {
            deadline = now + conversation.context.fillWait().toNanos();
        }
        loadAwaited |= load;
        int mine = block();
        ScheduledFuture<?> timer = conversation
                .channel
                .eventLoop()
                .schedule(
                        () -> wake(mine, "waiting for the " + (load ? "load" : "plan") + " took too long"),
                        Math.max(0, deadline - now),
                        TimeUnit.NANOSECONDS);
        until.whenComplete((done, failure) -> conversation.channel.eventLoop().execute(() -> {
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

    /** Ends a block, unless it has been ended already. */
    boolean unblock(int mine) {
        if (mine != ticket || !busy) {
            return false;
        }
        ticket++;
        busy = false;
        return true;
    }

    private void wake(int mine, @Nullable String reason) {
        if (!conversation.isClosed() && unblock(mine)) {
            if (reason != null) {
                declined = reason;
            }
            conversation.resume();
        }
    }

    /** Why the message at the head goes upstream though the cache might answer it, or null. */
    @Nullable
    String declined() {
        return declined;
    }

    void decline(String reason) {
        declined = reason;
    }

    /** Why the message at the head goes upstream, as far as the cache was asked about it; else null. */
    @Nullable
    Decline because() {
        String waited = declined;
        if (because == null && waited != null) {
            return new Decline(RelayReason.WAITED, waited);
        }
        return because;
    }

    /** Notes what came of asking the cache. */
    void because(@Nullable Verdict verdict) {
        if (verdict instanceof Decline decline) {
            because = decline;
        } else {
            because = null;
        }
    }

    /** Whether the message at the head has caused or awaited a load. */
    boolean loadAwaited() {
        return loadAwaited;
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
        arrived.whenComplete((done, failure) -> conversation.channel.eventLoop().execute(() -> {
            cancelInFlight = false;
            if (!wasBusy && !conversation.isClosed() && unblock(mine)) {
                conversation.resume();
            }
        }));
    }
}
