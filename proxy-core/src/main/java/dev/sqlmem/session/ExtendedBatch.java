package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.Conversation.Step;
import dev.sqlmem.session.decision.Admission.Decline;
import dev.sqlmem.session.decision.Admission.Verdict;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.session.relay.Frames;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the messages of the extended protocol have in common. */
final class ExtendedBatch {
    private final Conversation conversation;
    private final RelayLeg leg;

    ExtendedBatch(Conversation conversation) {
        this.conversation = conversation;
        this.leg = conversation.leg;
    }

    /** Whether the cache may be asked about the statement in this batch at all. */
    boolean mayServe(PreparedStatement statement) {
        return statement.isCandidate()
                && !leg.isBatchOpen()
                && conversation.waiting.declined() == null
                && conversation.state.status() != SessionState.FAILED;
    }

    Verdict plan(PreparedStatement statement, SessionSettings standing) {
        if (statement.space != standing.space()) {
            int queryAt = statement.name.getBytes(StandardCharsets.UTF_8).length + 1;
            ByteBuf parse = Unpooled.wrappedBuffer(statement.parse);
            conversation.lookup.find(parse, queryAt, Frames.string(parse, queryAt) - queryAt);
            statement.entry = conversation.lookup.entry();
            statement.space = standing.space();
        }
        ShapeEntry entry = statement.entry;
        if (entry == null) {
            return new Decline(RelayReason.UNSUPPORTED_SQL, "no plannable shape");
        }
        entry = entry.current();
        statement.entry = entry;
        return conversation.admission.plan(entry, standing, statement.literals, statement.declared);
    }

    /** Whether a statement that only the proxy knows is spoken of in a transaction block that has failed. */
    boolean isFailedAndUnknown(PreparedStatement statement) {
        return conversation.state.status() == SessionState.FAILED
                && statement.told != null
                && !statement.upstream
                && !leg.isBatchOpen()
                && leg.isQuiet();
    }

    /** The server may still have an unnamed statement that was replaced or closed here; it is to miss it, too. */
    Step noUnnamed(ByteBuf frame, PendingResponse expect) {
        conversation.own.closeUnnamed();
        leg.send(frame, expect);
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
        conversation.errors.errorInBatch(sqlState, message, hint);
        return Step.DONE;
    }

    LocalAnswers local() {
        return new LocalAnswers(conversation);
    }
}
