package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * Asks for the MD5 hash of password, user and salt.
 *
 * @param salt four bytes; not copied, compared by identity
 */
@SuppressWarnings("ArrayRecordComponent")
public record AuthenticationMD5Password(byte[] salt) implements Authentication {
    static final int MD5_PASSWORD = 5;

    private static final int SALT_LENGTH = 4;

    /** Checks the salt's length. */
    public AuthenticationMD5Password {
        ProtocolException.check(salt.length == SALT_LENGTH, "invalid length of MD5 salt");
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(Tag.AUTHENTICATION).writeInt(12).writeInt(MD5_PASSWORD).writeBytes(salt);
    }
}
