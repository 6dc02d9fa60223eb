package dev.sqlmem.session;

import dev.sqlmem.session.decision.Decision.Refuse;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Refusal;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.FunctionCall;
import dev.sqlmem.wire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * FunctionCall (manual, chapter "Function Call Sub-Protocol"): a call by OID, without a text that could be read.
 *
 * <p>A read-only transaction doesn't keep a function from writing files, large objects of older servers or
 * other databases. In read-only mode, then, only calls that are proven to read are relayed; a body that cannot be
 * read proves nothing. Belongs to the event loop.
 */
final class FunctionCalls {
    private final boolean readOnly;
    private final RelayLeg leg;
    private final SessionState state;
    private final Pauses pauses;
    private final Replies replies;
    private final Writes writes;

    FunctionCalls(boolean readOnly, RelayLeg leg, SessionState state, Pauses pauses, Replies replies, Writes writes) {
        this.readOnly = readOnly;
        this.leg = leg;
        this.state = state;
        this.pauses = pauses;
        this.replies = replies;
        this.writes = writes;
    }

    /** Takes the frame over unless the step is to wait. */
    Step receive(ByteBuf frame) {
        if (readOnly) {
            FunctionCall call = decoded(frame);
            if (call == null) {
                return refuse(frame, new Refusal("08P01", "invalid message format", null));
            }
            if (!ReadingFunctions.isRead(call)) {
                return refuse(frame, Refusal.functionCall(call.functionOid()));
            }
        }
        state.unknown();
        writes.everything();
        leg.sendQuery(frame, PendingResponse.FUNCTION_CALL);
        return Step.DONE;
    }

    private static @Nullable FunctionCall decoded(ByteBuf frame) {
        try {
            return FunctionCall.decode(Frame.body(frame));
        } catch (ProtocolException e) {
            return null;
        }
    }

    private Step refuse(ByteBuf frame, Refusal refusal) {
        if (!leg.isQuiet()) {
            return pauses.untilQuiet();
        }
        frame.release();
        replies.refuseQuery(new Refuse(refusal, true), null);
        return Step.DONE;
    }
}
