package dev.sqlmem.session;

import dev.sqlmem.wire.message.BackendKeyData;

/** What a phase may do to its session. Belongs to the event loop. */
interface SessionTurns extends SessionEnd {
    /** Puts the next phase in the place of the present one. */
    void become(Phase next);

    /** Whether the session has ended. */
    boolean isClosed();

    /** Makes the number and key that let the client cancel. */
    BackendKeyData issueKey(int length);
}
