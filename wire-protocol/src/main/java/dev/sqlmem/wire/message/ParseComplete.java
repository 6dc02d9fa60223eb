package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** A statement is prepared. */
public record ParseComplete() implements BackendMessage {
    /** All there is of this message. */
    public static final ParseComplete INSTANCE = new ParseComplete();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.PARSE_COMPLETE);
    }

    /** Reads the message from its body. */
    public static ParseComplete decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
