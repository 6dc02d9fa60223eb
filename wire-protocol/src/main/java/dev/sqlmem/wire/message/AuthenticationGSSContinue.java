package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * More GSSAPI or SSPI data.
 *
 * @param data the mechanism's bytes; not copied, compared by identity
 */
@SuppressWarnings("ArrayRecordComponent")
public record AuthenticationGSSContinue(byte[] data) implements Authentication {
    static final int GSS_CONTINUE = 8;

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.AUTHENTICATION);
        out.writeInt(GSS_CONTINUE).writeBytes(data);
        Frame.end(out, start);
    }
}
