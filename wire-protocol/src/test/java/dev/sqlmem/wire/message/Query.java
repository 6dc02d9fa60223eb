package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * A simple query.
 *
 * @param query any number of statements
 */
public record Query(String query) implements FrontendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.QUERY);
        WireString.write(out, query);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static Query decode(ByteBuf body) {
        String query = Body.string(body);
        Body.end(body);
        return new Query(query);
    }
}
