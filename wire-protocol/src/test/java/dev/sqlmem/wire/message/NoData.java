package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** The described statement or portal returns no rows. */
public record NoData() implements BackendMessage {
    /** All there is of this message. */
    public static final NoData INSTANCE = new NoData();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.NO_DATA);
    }

    /** Reads the message from its body. */
    public static NoData decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
