package dev.sqlmem.session;

import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.ErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * Errors of the proxy's own, with what they do to the messages that follow and to a transaction block.
 * Belongs to the event loop.
 */
final class Errors {
    private final Conversation conversation;
    private boolean skipping;
    private boolean aborting;

    Errors(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Whether messages are left out up to the next Sync. */
    boolean isSkipping() {
        return skipping;
    }

    /** Whether the server is still to hear of an error. */
    boolean isAborting() {
        return aborting;
    }

    /** Takes in the Sync. */
    void synced() {
        aborting = false;
        skipping = false;
    }

    /** Sends an error of the proxy's own. */
    void error(String sqlState, String message, @Nullable String hint) {
        ErrorResponse.of("ERROR", sqlState, message, hint).encode(conversation.output.buffer());
    }

    /** Sends such an error as the whole answer to a simple query; a transaction block fails with it. */
    void failQuery(String sqlState, String message, @Nullable String hint) {
        error(sqlState, message, hint);
        if (conversation.state.status() == SessionState.IN_BLOCK) {
            conversation.own.abortBlock();
        } else {
            conversation.readyForQuery();
        }
    }

    /** Sends such an error and leaves out what follows up to the next Sync. */
    void errorInBatch(String sqlState, String message, @Nullable String hint) {
        error(sqlState, message, hint);
        skipping = true;
        aborting = conversation.state.status() == SessionState.IN_BLOCK || conversation.leg.isBatchOpen();
    }

    /** Leaves out what follows up to the next Sync. */
    void skipBatch() {
        skipping = true;
    }

    /** Answers a canceled statement. */
    void canceled(boolean simpleQuery) {
        if (simpleQuery) {
            failQuery("57014", "canceling statement due to user request", null);
        } else {
            errorInBatch("57014", "canceling statement due to user request", null);
        }
    }
}
