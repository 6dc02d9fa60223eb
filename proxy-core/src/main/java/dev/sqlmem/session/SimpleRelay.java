package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.decision.Lookup;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PendingResponse.Kind;
import dev.sqlmem.session.relay.Portal;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.session.relay.SqlNames;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.wire.message.CommandComplete;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Query messages that go upstream. */
final class SimpleRelay {
    private final Lookup lookup;
    private final ServerSide server;
    private final SessionState state;
    private final Pauses pauses;
    private final Replies replies;
    private final Relaying relaying;

    SimpleRelay(
            Lookup lookup, ServerSide server, SessionState state, Pauses pauses, Replies replies, Relaying relaying) {
        this.lookup = lookup;
        this.server = server;
        this.state = state;
        this.pauses = pauses;
        this.replies = replies;
        this.relaying = relaying;
    }

    /** A Query ends the unnamed statement. */
    void unnamedEnds() {
        server.registry().closeUnnamed();
        server.leg().forgetUnnamed();
    }

    /** Sends a message that holds no text; the server says what is wrong with it. */
    Step unreadable(ByteBuf frame) {
        return send(frame, null, null, Relay.UNASKED);
    }

    /** Sends the statement that was looked up last. */
    Step send(ByteBuf frame, @Nullable Classification classification, @Nullable ShapeEntry entry, Relay because) {
        String shape = lookup.shape().display();
        boolean names = SqlNames.areIn(classification, shape);
        if (names) {
            if (!server.leg().isQuiet()) {
                return pauses.untilQuiet();
            }
            if (deallocatedHere(frame, shape)) {
                return Step.DONE;
            }
            if (state.status() != SessionState.FAILED) {
                server.names().introduce(shape);
            }
        }
        if (relaying.prepare(classification) == Step.WAIT) {
            return Step.WAIT;
        }
        if (state.hasAnsweredInBatch() && !server.leg().isBatchOpen()) {
            server.own().enterBatch();
        }
        relaying.sent(because, classification, entry, () -> StatementLog.shape(lookup.shape()));
        Runnable noted;
        if (names) {
            noted = server.names().sent(shape);
        } else {
            noted = () -> {};
        }
        server.leg().sendQuery(frame, expect(noted));
        return Step.DONE;
    }

    /** Sends a statement whose answer the cache has given up. */
    void instead(ByteBuf frame, Classification classification, @Nullable ShapeEntry entry, String reason) {
        relaying.sent(
                Relay.inexact(reason),
                classification,
                entry,
                () -> entry == null ? "" : entry.key().display());
        server.leg().sendQuery(frame, expect(() -> {}));
    }

    /** The query takes the place of the unnamed portal, unless it fails before it runs. */
    private PendingResponse expect(Runnable noted) {
        Portal unnamed = server.registry().portal(""); // the client may have bound another one meanwhile
        return PendingResponse.then(Kind.QUERY, () -> {
            server.registry().closePortal(unnamed);
            noted.run();
        });
    }

    /** Answers DEALLOCATE of a statement that the server has never heard of. */
    private boolean deallocatedHere(ByteBuf frame, String shape) {
        PreparedStatement statement = server.names().deallocated(shape);
        if (statement == null || statement.upstream || state.status() == SessionState.FAILED) {
            return false;
        }
        server.registry().drop(statement);
        server.registry().closePortal("");
        frame.release();
        new CommandComplete("DEALLOCATE").encode(replies.buffer());
        replies.readyForQuery();
        return true;
    }
}
