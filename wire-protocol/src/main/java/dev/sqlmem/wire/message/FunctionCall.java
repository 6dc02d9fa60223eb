package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function by its OID.
 *
 * <p>Decoded arguments are slices of the body that hold no reference of their own: they live as long as the
 * body's buffer does. Encoding leaves their indexes alone.
 *
 * @param functionOid unsigned
 * @param argumentFormats as in {@link Bind}
 * @param arguments null elements are SQL NULL; the list is not copied
 * @param resultFormat 0 is text, 1 binary
 */
public record FunctionCall(
        int functionOid, List<Short> argumentFormats, List<@Nullable ByteBuf> arguments, short resultFormat)
        implements FrontendMessage {

    /** Copies the formats. */
    public FunctionCall {
        argumentFormats = List.copyOf(argumentFormats);
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.FUNCTION_CALL);
        out.writeInt(functionOid);
        Frame.shorts(out, argumentFormats);
        Frame.values(out, arguments);
        out.writeShort(resultFormat);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static FunctionCall decode(ByteBuf body) {
        int functionOid = Body.int32(body);
        List<Short> argumentFormats = Body.shorts(body);
        List<@Nullable ByteBuf> arguments = Body.values(body);
        short resultFormat = Body.int16(body);
        Body.end(body);
        return new FunctionCall(functionOid, argumentFormats, arguments, resultFormat);
    }
}
