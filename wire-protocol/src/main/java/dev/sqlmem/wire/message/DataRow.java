package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row.
 *
 * <p>Decoded values are slices of the body that hold no reference of their own: they live as long as the
 * body's buffer does. Encoding leaves their indexes alone.
 *
 * @param values null elements are SQL NULL; the list is not copied
 */
public record DataRow(List<@Nullable ByteBuf> values) implements BackendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.DATA_ROW);
        Frame.values(out, values);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static DataRow decode(ByteBuf body) {
        List<@Nullable ByteBuf> values = Body.values(body);
        Body.end(body);
        return new DataRow(values);
    }
}
