package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * The last word of a SASL exchange that succeeded.
 *
 * @param data the mechanism's bytes; not copied, compared by identity
 */
@SuppressWarnings("ArrayRecordComponent")
public record AuthenticationSASLFinal(byte[] data) implements Authentication {
    static final int SASL_FINAL = 12;

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.AUTHENTICATION);
        out.writeInt(SASL_FINAL).writeBytes(data);
        Frame.end(out, start);
    }
}
