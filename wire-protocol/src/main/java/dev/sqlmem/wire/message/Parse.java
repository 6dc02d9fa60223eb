package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Prepares a statement. To be read by {@link ParseView}.
 *
 * @param statement its name, empty for the unnamed one
 * @param query one statement's text
 * @param parameterTypes OIDs (unsigned); 0, or beyond the list's end, leaves the type to the server
 */
public record Parse(String statement, String query, List<Integer> parameterTypes) implements FrontendMessage {

    /** Copies the list. */
    public Parse {
        parameterTypes = List.copyOf(parameterTypes);
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.PARSE);
        WireString.write(out, statement);
        WireString.write(out, query);
        Frame.ints(out, parameterTypes);
        Frame.end(out, start);
    }
}
