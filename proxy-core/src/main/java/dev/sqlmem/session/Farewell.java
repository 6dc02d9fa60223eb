package dev.sqlmem.session;

import org.jspecify.annotations.Nullable;

/** A conversation's way out of its session. Belongs to the event loop. */
final class Farewell {
    private final SessionEnd end;
    private boolean over;

    Farewell(SessionEnd end) {
        this.end = end;
    }

    /** Tells the client why and ends the session. */
    void fatal(String sqlState, String message, @Nullable String hint) {
        end.fatal(sqlState, message, hint);
    }

    /** Ends the session for a fault of the proxy's own. */
    void failed(Throwable cause) {
        end.failed(cause);
    }

    /** Ends the session without a word, as the client wishes. */
    void hangUp() {
        end.close();
    }

    /** Notes that the session has ended. */
    void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
