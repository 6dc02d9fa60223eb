package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The server is ready for COPY data.
 *
 * @param format 0 is text, 1 binary
 * @param columnFormats one for each column
 */
public record CopyInResponse(byte format, List<Short> columnFormats) implements BackendMessage {

    /** Copies the list. */
    public CopyInResponse {
        columnFormats = List.copyOf(columnFormats);
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.COPY_IN_RESPONSE);
        out.writeByte(format);
        Frame.shorts(out, columnFormats);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static CopyInResponse decode(ByteBuf body) {
        byte format = Body.int8(body);
        List<Short> columnFormats = Body.shorts(body);
        Body.end(body);
        return new CopyInResponse(format, columnFormats);
    }
}
