package dev.sqlmem.session;

import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;

/** Sync, Flush, COPY data and Terminate: what ends a batch, or is the server's in any case. */
final class BatchMessages {
    private final ServerSide server;
    private final RelayLeg leg;
    private final SessionState state;
    private final Replies replies;
    private final Farewell farewell;

    BatchMessages(ServerSide server, SessionState state, Replies replies, Farewell farewell) {
        this.server = server;
        this.leg = server.leg();
        this.state = state;
        this.replies = replies;
        this.farewell = farewell;
    }

    /** Checks a message that may be answered without the server's seeing it. */
    private static ByteBuf bodiless(ByteBuf frame) {
        if (frame.readableBytes() != Frame.HEADER) {
            throw new ProtocolException("invalid message format");
        }
        return frame;
    }

    /** The server reads COPY data, and nothing that runs a statement. */
    void checkNoCopy(byte tag) {
        if (leg.isCopying()) {
            throw new ProtocolException("unexpected message type 0x%02X during COPY from stdin".formatted(tag));
        }
    }

    Step flush(ByteBuf frame) {
        return pass(bodiless(frame));
    }

    /** Passes a message that is not answered, or a piece of one. */
    Step pass(ByteBuf bytes) {
        if (Frame.tag(bytes) == Tag.FLUSH && !leg.isBatchOpen()) {
            bytes.release(); // everything of this batch was answered here, and leaves with the batch's flush
        } else {
            leg.pass(bytes);
        }
        return Step.DONE;
    }

    Step sync(ByteBuf frame) {
        bodiless(frame);
        state.synced();
        if (replies.isAborting()) {
            replies.synced();
            frame.release();
            server.own().abortBlock();
            return Step.DONE;
        }
        if (leg.isBatchOpen() || leg.isCopying()) {
            replies.synced();
            server.own().beforeSync();
            leg.sync(frame);
            return Step.DONE;
        }
        if (!leg.isQuiet()) {
            return Step.WAIT;
        }
        replies.synced();
        frame.release();
        if (state.status() == SessionState.IDLE) {
            server.registry().closePortals();
        }
        replies.readyForQuery();
        return Step.DONE;
    }

    Step terminate(ByteBuf frame) {
        frame.release();
        farewell.hangUp();
        return Step.DONE;
    }
}
