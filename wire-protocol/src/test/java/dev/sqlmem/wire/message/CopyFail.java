package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * Gives up a COPY.
 *
 * @param message the reason, which the server puts into its error
 */
public record CopyFail(String message) implements FrontendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.COPY_FAIL);
        WireString.write(out, message);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static CopyFail decode(ByteBuf body) {
        String message = Body.string(body);
        Body.end(body);
        return new CopyFail(message);
    }
}
