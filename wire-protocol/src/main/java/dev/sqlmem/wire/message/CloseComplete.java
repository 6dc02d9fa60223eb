package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** A statement or portal is gone. */
public record CloseComplete() implements BackendMessage {
    /** All there is of this message. */
    public static final CloseComplete INSTANCE = new CloseComplete();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.CLOSE_COMPLETE);
    }

    /** Reads the message from its body. */
    public static CloseComplete decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
