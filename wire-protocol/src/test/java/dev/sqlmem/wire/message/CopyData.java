package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * A piece of a COPY stream.
 *
 * @param data a slice of the body that holds no reference of its own when decoded: it lives as long as the
 *     body's buffer. Encoding copies its readable bytes, leaves its indexes alone and doesn't release it
 */
public record CopyData(ByteBuf data) implements FrontendMessage, BackendMessage {

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(Tag.COPY_DATA).writeInt(4 + data.readableBytes());
        out.writeBytes(data, data.readerIndex(), data.readableBytes());
    }

    /** Reads the message from its body. */
    public static CopyData decode(ByteBuf body) {
        return new CopyData(body.readSlice(body.readableBytes()));
    }
}
