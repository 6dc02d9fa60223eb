package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a portal of a prepared statement and parameter values.
 *
 * <p>Decoded values are slices of the body that hold no reference of their own: they live as long as the
 * body's buffer does. Encoding leaves their indexes alone.
 *
 * @param portal empty for the unnamed one
 * @param statement empty for the unnamed one
 * @param parameterFormats none (all text), one for all, or one each; 0 is text, 1 binary. Not checked
 *     against the number of parameters: the server reports that
 * @param parameters null elements are SQL NULL; the list is not copied
 * @param resultFormats by the same rule
 */
public record Bind(
        String portal,
        String statement,
        List<Short> parameterFormats,
        List<@Nullable ByteBuf> parameters,
        List<Short> resultFormats)
        implements FrontendMessage {

    /** Copies the formats. */
    public Bind {
        parameterFormats = List.copyOf(parameterFormats);
        resultFormats = List.copyOf(resultFormats);
    }

    /** Whether there is no format, one, or one for each parameter, as the server demands. */
    public boolean parameterFormatsMatch() {
        return parameterFormats.size() <= 1 || parameterFormats.size() == parameters.size();
    }

    /** The format of a parameter, counted from 0; only where {@link #parameterFormatsMatch}. */
    public short parameterFormat(int index) {
        return format(parameterFormats, index);
    }

    /** The format of a result column, counted from 0; only for as many columns as there are formats, if several. */
    public short resultFormat(int index) {
        return format(resultFormats, index);
    }

    private static short format(List<Short> formats, int index) {
        if (formats.isEmpty()) {
            return 0;
        }
        return formats.get(formats.size() == 1 ? 0 : index);
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.BIND);
        WireString.write(out, portal);
        WireString.write(out, statement);
        Frame.shorts(out, parameterFormats);
        Frame.values(out, parameters);
        Frame.shorts(out, resultFormats);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static Bind decode(ByteBuf body) {
        String portal = Body.string(body);
        String statement = Body.string(body);
        List<Short> parameterFormats = Body.shorts(body);
        List<@Nullable ByteBuf> parameters = Body.values(body);
        List<Short> resultFormats = Body.shorts(body);
        Body.end(body);
        return new Bind(portal, statement, parameterFormats, parameters, resultFormats);
    }
}
