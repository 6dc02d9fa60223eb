package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * A SASL challenge.
 *
 * @param data the mechanism's bytes; not copied, compared by identity
 */
@SuppressWarnings("ArrayRecordComponent")
public record AuthenticationSASLContinue(byte[] data) implements Authentication {
    static final int SASL_CONTINUE = 11;

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.AUTHENTICATION);
        out.writeInt(SASL_CONTINUE).writeBytes(data);
        Frame.end(out, start);
    }
}
