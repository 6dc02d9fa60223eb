package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The result of a {@link FunctionCall}.
 *
 * @param result null is SQL NULL; a slice of the body when decoded, as in {@link DataRow}
 */
public record FunctionCallResponse(@Nullable ByteBuf result) implements BackendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.FUNCTION_CALL_RESPONSE);
        Frame.value(out, result);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static FunctionCallResponse decode(ByteBuf body) {
        ByteBuf result = Body.value(body);
        Body.end(body);
        return new FunctionCallResponse(result);
    }
}
