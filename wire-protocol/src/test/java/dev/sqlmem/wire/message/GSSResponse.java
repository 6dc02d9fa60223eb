package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * A GSSAPI or SSPI token.
 *
 * @param data the mechanism's bytes; not copied, compared by identity
 */
@SuppressWarnings("ArrayRecordComponent")
public record GSSResponse(byte[] data) implements FrontendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.PASSWORD_MESSAGE);
        out.writeBytes(data);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static GSSResponse decode(ByteBuf body) {
        return new GSSResponse(Body.rest(body));
    }
}
