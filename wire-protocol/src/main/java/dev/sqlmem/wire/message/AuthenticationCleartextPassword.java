package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Asks for the password as it is. */
public record AuthenticationCleartextPassword() implements Authentication {
    /** All there is of this message. */
    public static final AuthenticationCleartextPassword INSTANCE = new AuthenticationCleartextPassword();

    static final int CLEARTEXT_PASSWORD = 3;

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(Tag.AUTHENTICATION).writeInt(8).writeInt(CLEARTEXT_PASSWORD);
    }
}
