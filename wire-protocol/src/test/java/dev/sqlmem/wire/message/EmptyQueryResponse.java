package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** The answer to an empty query, in place of {@link CommandComplete}. */
public record EmptyQueryResponse() implements BackendMessage {
    /** All there is of this message. */
    public static final EmptyQueryResponse INSTANCE = new EmptyQueryResponse();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.EMPTY_QUERY_RESPONSE);
    }

    /** Reads the message from its body. */
    public static EmptyQueryResponse decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
