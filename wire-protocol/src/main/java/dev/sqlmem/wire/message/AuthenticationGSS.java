package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Asks for GSSAPI. */
public record AuthenticationGSS() implements Authentication {
    /** All there is of this message. */
    public static final AuthenticationGSS INSTANCE = new AuthenticationGSS();

    static final int GSS = 7;

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(Tag.AUTHENTICATION).writeInt(8).writeInt(GSS);
    }
}
