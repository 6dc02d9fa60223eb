package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * A later answer of a SASL exchange.
 *
 * @param data the mechanism's bytes; not copied, compared by identity
 */
@SuppressWarnings("ArrayRecordComponent")
public record SASLResponse(byte[] data) implements FrontendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.PASSWORD_MESSAGE);
        out.writeBytes(data);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static SASLResponse decode(ByteBuf body) {
        return new SASLResponse(Body.rest(body));
    }
}
