package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Asks whether the connection may turn to GSSAPI encryption. The answer is one byte, {@code G} or {@code N}. */
public record GSSENCRequest() implements FrontendMessage {
    /** What stands in place of a protocol version. */
    public static final int CODE = 80877104;

    /** All there is of this message. */
    public static final GSSENCRequest INSTANCE = new GSSENCRequest();

    @Override
    public void encode(ByteBuf out) {
        out.writeInt(8).writeInt(CODE);
    }

    /** Reads the message from its body. */
    public static GSSENCRequest decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
