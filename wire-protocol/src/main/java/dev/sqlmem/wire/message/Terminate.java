package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Ends the session. */
public record Terminate() implements FrontendMessage {
    /** All there is of this message. */
    public static final Terminate INSTANCE = new Terminate();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.TERMINATE);
    }

    /** Reads the message from its body. */
    public static Terminate decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
