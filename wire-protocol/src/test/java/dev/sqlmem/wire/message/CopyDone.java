package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** The end of COPY data, in either direction. */
public record CopyDone() implements FrontendMessage, BackendMessage {
    /** All there is of this message. */
    public static final CopyDone INSTANCE = new CopyDone();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.COPY_DONE);
    }

    /** Reads the message from its body. */
    public static CopyDone decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
