package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Asks for SSPI. */
public record AuthenticationSSPI() implements Authentication {
    /** All there is of this message. */
    public static final AuthenticationSSPI INSTANCE = new AuthenticationSSPI();

    static final int SSPI = 9;

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(Tag.AUTHENTICATION).writeInt(8).writeInt(SSPI);
    }
}
