package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Asks whether the connection may turn to TLS. The answer is one byte, {@code S} or {@code N}. */
public record SSLRequest() implements FrontendMessage {
    /** What stands in place of a protocol version. */
    public static final int CODE = 80877103;

    /** All there is of this message. */
    public static final SSLRequest INSTANCE = new SSLRequest();

    @Override
    public void encode(ByteBuf out) {
        out.writeInt(8).writeInt(CODE);
    }

    /** Reads the message from its body. */
    public static SSLRequest decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
