package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** A portal is ready. */
public record BindComplete() implements BackendMessage {
    /** All there is of this message. */
    public static final BindComplete INSTANCE = new BindComplete();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.BIND_COMPLETE);
    }

    /** Reads the message from its body. */
    public static BindComplete decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
