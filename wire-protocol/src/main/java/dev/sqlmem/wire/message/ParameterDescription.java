package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The parameters of a described statement.
 *
 * @param typeOids unsigned
 */
public record ParameterDescription(List<Integer> typeOids) implements BackendMessage {

    /** Copies the list. */
    public ParameterDescription {
        typeOids = List.copyOf(typeOids);
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.PARAMETER_DESCRIPTION);
        Frame.ints(out, typeOids);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static ParameterDescription decode(ByteBuf body) {
        List<Integer> typeOids = Body.ints(body);
        Body.end(body);
        return new ParameterDescription(typeOids);
    }
}
