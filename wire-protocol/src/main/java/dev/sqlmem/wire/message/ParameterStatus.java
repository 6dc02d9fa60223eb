package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** A setting the server reports, at log-in and after each change. */
public record ParameterStatus(String name, String value) implements BackendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.PARAMETER_STATUS);
        WireString.write(out, name);
        WireString.write(out, value);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static ParameterStatus decode(ByteBuf body) {
        String name = Body.string(body);
        String value = Body.string(body);
        Body.end(body);
        return new ParameterStatus(name, value);
    }
}
