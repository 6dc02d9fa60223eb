package dev.sqlmem.session;

import java.util.concurrent.CompletableFuture;

/** A session as those see it who may end it or break off what it does. Safe to call from any thread. */
public interface LiveSession extends SessionInfo {
    /** Ends the session as soon as what it is doing has ended. */
    void drain();

    /** Ends the session now. */
    void kill();

    /** Breaks off what is running; completes when that has been acted upon. */
    CompletableFuture<?> cancel();
}
