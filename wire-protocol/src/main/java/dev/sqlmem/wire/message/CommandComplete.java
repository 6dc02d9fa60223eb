package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * A statement ended well.
 *
 * @param tag the command tag, such as {@code SELECT 1}
 */
public record CommandComplete(String tag) implements BackendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.COMMAND_COMPLETE);
        WireString.write(out, tag);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static CommandComplete decode(ByteBuf body) {
        String tag = Body.string(body);
        Body.end(body);
        return new CommandComplete(tag);
    }
}
