package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Ends a series of extended-protocol messages; the answer is {@link ReadyForQuery}. */
public record Sync() implements FrontendMessage {
    /** All there is of this message. */
    public static final Sync INSTANCE = new Sync();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.SYNC);
    }

    /** Reads the message from its body. */
    public static Sync decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
