package dev.sqlmem.session;

import org.jspecify.annotations.Nullable;

/** The ways out of a session. Belongs to the event loop; after the first of them the others do nothing. */
interface SessionEnd {
    /** Tells the client why, as a FATAL error, and ends the session. */
    void fatal(String sqlState, String message, @Nullable String hint);

    /** Ends the session for a fault of the proxy's own, which is logged. */
    void failed(Throwable cause);

    /** Ends the session without a word. */
    void close();
}
