package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Asks for everything the server still holds back. */
public record Flush() implements FrontendMessage {
    /** All there is of this message. */
    public static final Flush INSTANCE = new Flush();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.FLUSH);
    }

    /** Reads the message from its body. */
    public static Flush decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
