package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * Runs a portal.
 *
 * @param portal empty for the unnamed one
 * @param maxRows the row limit; 0 and below mean none
 */
public record Execute(String portal, int maxRows) implements FrontendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.EXECUTE);
        WireString.write(out, portal);
        out.writeInt(maxRows);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static Execute decode(ByteBuf body) {
        String portal = Body.string(body);
        int maxRows = Body.int32(body);
        Body.end(body);
        return new Execute(portal, maxRows);
    }
}
