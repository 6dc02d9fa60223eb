package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * Runs a portal. To be read by {@link ExecuteView}.
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
}
