package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a portal of a prepared statement and parameter values.
 *
 * <p>Encoding leaves the values' indexes alone. To be read by {@link BindView}.
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
}
