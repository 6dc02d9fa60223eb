package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.decision.Decision;
import dev.sqlmem.session.decision.Decision.Refuse;
import dev.sqlmem.session.decision.Lookup;
import dev.sqlmem.session.decision.Request;
import dev.sqlmem.session.decision.Router;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.BindView;
import dev.sqlmem.wire.message.ParseView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** What the messages of the extended protocol have in common. */
final class ExtendedBatch {
    private final ServerSide server;
    private final SessionState state;
    private final Router router;
    private final Replies replies;
    private final ParseView parsed = new ParseView();

    ExtendedBatch(ServerSide server, SessionState state, Router router, Replies replies) {
        this.server = server;
        this.state = state;
        this.router = router;
        this.replies = replies;
    }

    /**
     * What becomes of a message about a prepared statement.
     *
     * @param bind the values, of a Bind
     * @param taken whether only the server can say what a name means that the message gives
     */
    Decision decide(Request.Step step, PreparedStatement statement, @Nullable BindView bind, boolean taken) {
        Request request = router.request();
        lookUpAgain(statement);
        request.ask(step, statement.classification, statement.entry, statement.literals, statement.declared)
                .told(statement.told)
                .bound(bind)
                .forServer(taken);
        return router.decide(request);
    }

    /** Under another search path the names in a statement may be those of other tables. */
    private void lookUpAgain(PreparedStatement statement) {
        SessionSettings settings = state.settings();
        if (settings != null && statement.space != settings.space() && statement.isCandidate()) {
            ByteBuf parse = Unpooled.wrappedBuffer(statement.parse);
            parsed.read(parse);
            Lookup lookup = router.lookup();
            lookup.find(parse, parsed.queryIndex(), parsed.queryLength());
            statement.entry = lookup.entry();
            statement.space = settings.space();
        }
        ShapeEntry entry = statement.entry;
        if (entry != null) {
            statement.entry = entry.current();
        }
    }

    /** Whether a statement that only the proxy knows is spoken of in a transaction block that has failed. */
    boolean isFailedAndUnknown(PreparedStatement statement) {
        return state.status() == SessionState.FAILED
                && statement.told != null
                && !statement.upstream
                && !server.leg().isBatchOpen()
                && server.leg().isQuiet();
    }

    /** The server may still have an unnamed statement that was replaced or closed here; it is to miss it, too. */
    Step noUnnamed(ByteBuf frame, PendingResponse expect) {
        server.own().closeUnnamed();
        server.leg().send(frame, expect);
        return Step.DONE;
    }

    Step failedBlock(ByteBuf frame) {
        return fail(
                frame,
                "25P02",
                "current transaction is aborted, commands ignored until end of transaction block",
                null);
    }

    Step fail(ByteBuf frame, String sqlState, String message, @Nullable String hint) {
        frame.release();
        replies.errorInBatch(sqlState, message, hint);
        return Step.DONE;
    }

    Step refuse(ByteBuf frame, Refuse refuse, PreparedStatement statement) {
        frame.release();
        replies.refuseInBatch(refuse, statement.entry);
        return Step.DONE;
    }

    /** Answers a statement that was canceled. */
    void canceled() {
        replies.canceled(false);
    }

    /** Leaves out what follows up to the next Sync. */
    void skip() {
        replies.skipBatch();
    }

    /** Where whole frames to the client are appended. */
    ByteBuf buffer() {
        return replies.buffer();
    }
}
