package dev.sqlmem.session;

import dev.sqlmem.wire.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/** Where things are in a frame: tag, length, body. */
final class Frames {
    /** The bytes before the body. */
    static final int HEADER = 5;

    private Frames() {}

    static ByteBuf body(ByteBuf frame) {
        return frame.slice(frame.readerIndex() + HEADER, frame.readableBytes() - HEADER);
    }

    static int string(ByteBuf frame, int from) {
        int end = from > frame.writerIndex() ? -1 : frame.indexOf(from, frame.writerIndex(), (byte) 0);
        if (end < 0) {
            throw new ProtocolException("invalid string in message");
        }
        return end;
    }
}
