package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.decision.Decision.Refuse;
import dev.sqlmem.session.relay.ClientOutput;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.ReadyForQuery;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy says by itself; its errors with what they do to the messages that follow and to a transaction block.
 * Belongs to the event loop.
 */
final class Replies {
    private final ClientOutput output;
    private final SessionState state;
    private final ServerSide server;
    private final Journal journal;
    private boolean skipping;
    private boolean aborting;

    Replies(ClientOutput output, SessionState state, ServerSide server, Journal journal) {
        this.output = output;
        this.state = state;
        this.server = server;
        this.journal = journal;
    }

    /** Where whole frames to the client are appended. */
    ByteBuf buffer() {
        return output.buffer();
    }

    void readyForQuery() {
        new ReadyForQuery(state.status()).encode(output.buffer());
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
        ErrorResponse.of("ERROR", sqlState, message, hint).encode(output.buffer());
    }

    /** Sends such an error as the whole answer to a simple query; a transaction block fails with it. */
    void failQuery(String sqlState, String message, @Nullable String hint) {
        error(sqlState, message, hint);
        if (state.status() == SessionState.IN_BLOCK) {
            server.own().abortBlock();
        } else {
            readyForQuery();
        }
    }

    /** Sends such an error and leaves out what follows up to the next Sync. */
    void errorInBatch(String sqlState, String message, @Nullable String hint) {
        error(sqlState, message, hint);
        skipping = true;
        aborting = state.status() == SessionState.IN_BLOCK || server.leg().isBatchOpen();
    }

    /** Refuses a simple query. */
    void refuseQuery(Refuse refuse, @Nullable ShapeEntry entry) {
        var refusal = refuse.refusal();
        failQuery(refusal.sqlState(), refusal.message(), refusal.hint());
        note(refuse, entry);
    }

    /** Refuses a message of the extended protocol. */
    void refuseInBatch(Refuse refuse, @Nullable ShapeEntry entry) {
        var refusal = refuse.refusal();
        note(refuse, entry);
        errorInBatch(refusal.sqlState(), refusal.message(), refusal.hint());
    }

    private void note(Refuse refuse, @Nullable ShapeEntry entry) {
        if (refuse.ruled()) {
            journal.refused(refuse.refusal(), entry);
        }
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
