package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** The client is who it claims to be. */
public record AuthenticationOk() implements Authentication {
    /** All there is of this message. */
    public static final AuthenticationOk INSTANCE = new AuthenticationOk();

    static final int OK = 0;

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(Tag.AUTHENTICATION).writeInt(8).writeInt(OK);
    }
}
