package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Prepares a statement.
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

    /** Reads the message from its body. */
    public static Parse decode(ByteBuf body) {
        String statement = Body.string(body);
        String query = Body.string(body);
        List<Integer> parameterTypes = Body.ints(body);
        Body.end(body);
        return new Parse(statement, query, parameterTypes);
    }
}
