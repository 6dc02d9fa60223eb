package dev.sqlmem.session.relay;

import dev.sqlmem.wire.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/** Where things are in a frame: tag, length, body. */
public final class Frames {
    /** The bytes before the body. */
    public static final int HEADER = 5;

    private Frames() {}

    public static ByteBuf body(ByteBuf frame) {
        return frame.slice(frame.readerIndex() + HEADER, frame.readableBytes() - HEADER);
    }

    public static int string(ByteBuf frame, int from) {
        int end;
        if (from > frame.writerIndex()) {
            end = -1;
        } else {
            end = frame.indexOf(from, frame.writerIndex(), (byte) 0);
        }
        if (end < 0) {
            throw new ProtocolException("invalid string in message");
        }
        return end;
    }
}
