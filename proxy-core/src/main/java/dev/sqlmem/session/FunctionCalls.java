package dev.sqlmem.session;

import dev.sqlmem.session.Conversation.Step;
import dev.sqlmem.session.relay.Frames;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.sql.classify.Refusal;
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
    private final Conversation conversation;

    FunctionCalls(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Takes the frame over unless the step is to wait. */
    Step receive(ByteBuf frame) {
        if (conversation.context.readOnly()) {
            FunctionCall call = decoded(frame);
            if (call == null) {
                return refuse(frame, new Refusal("08P01", "invalid message format", null));
            }
            if (!ReadingFunctions.isRead(call)) {
                return refuse(frame, Refusal.functionCall(call.functionOid()));
            }
        }
        conversation.state.unknown();
        conversation.writes.everything();
        conversation.leg.sendQuery(frame, PendingResponse.FUNCTION_CALL);
        return Step.DONE;
    }

    private static @Nullable FunctionCall decoded(ByteBuf frame) {
        try {
            return FunctionCall.decode(Frames.body(frame));
        } catch (ProtocolException e) {
            return null;
        }
    }

    private Step refuse(ByteBuf frame, Refusal refusal) {
        if (!conversation.leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        frame.release();
        conversation.errors.failQuery(refusal.sqlState(), refusal.message(), refusal.hint());
        conversation.context.counters().refused.increment();
        if (StatementLog.isOn()) {
            conversation.log.refused(refusal, null);
        }
        return Step.DONE;
    }
}
