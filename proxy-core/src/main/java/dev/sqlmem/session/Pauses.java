package dev.sqlmem.session;

import dev.sqlmem.session.decision.Decision.Wait;
import dev.sqlmem.session.decision.Request;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.state.SessionState;
import java.util.concurrent.CompletableFuture;

/** What the message at the head of the queue can wait for; each is followed by its next turn. Belongs to the event loop. */
final class Pauses {
    private final Waiting waiting;
    private final Request request;
    private final RelayLeg leg;
    private final SettingsQuestion settings;
    private final Runnable unattended;

    /** @param unattended takes over the request when its message does not wait for the cache any longer */
    Pauses(Waiting waiting, Request request, RelayLeg leg, SettingsQuestion settings, Runnable unattended) {
        this.waiting = waiting;
        this.request = request;
        this.leg = leg;
        this.settings = settings;
        this.unattended = unattended;
    }

    /** Waits for what a decision needs. */
    Step on(Wait wait) {
        return switch (wait.need()) {
            case QUIET -> untilQuiet();
            case SETTINGS -> untilSettled();
            case PLAN, RIGHTS, ZONE -> waiting.await(wait.until(), "plan", unattended);
            case LOAD -> {
                request.awaitsLoad();
                yield waiting.await(wait.until(), "load", () -> {});
            }
        };
    }

    /** Waits until the upstream owes nothing. */
    Step untilQuiet() {
        leg.hurry();
        return Step.WAIT;
    }

    /** Asks the session for its settings. */
    Step untilSettled() {
        settings.ask();
        return Step.WAIT;
    }

    /** Waits until a session that may have left read-only mode is back in it, before anything else runs. */
    Step untilPinned(SessionState state) {
        if (!state.mayBeReadWrite() || leg.isBatchOpen()) {
            return Step.DONE;
        }
        if (!leg.isQuiet()) {
            return Step.WAIT;
        }
        if (state.mustPin()) {
            return untilSettled();
        }
        return Step.DONE;
    }

    /** Waits for the answer to a question about what a statement does. */
    Step until(CompletableFuture<?> answer) {
        return waiting.await(answer, "plan", () -> {});
    }

    /** Whether the message has waited in vain. */
    boolean hasGivenUp() {
        return request.declined() != null;
    }
}
