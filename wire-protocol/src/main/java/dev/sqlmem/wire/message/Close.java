package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * Drops a statement or portal, if it exists.
 *
 * @param kind {@link #STATEMENT} or {@link #PORTAL}
 * @param name empty for the unnamed one
 */
public record Close(byte kind, String name) implements FrontendMessage {
    /** The kind of a prepared statement. */
    public static final byte STATEMENT = 'S';

    /** The kind of a portal. */
    public static final byte PORTAL = 'P';

    /** Checks the kind. */
    public Close {
        ProtocolException.check(kind == STATEMENT || kind == PORTAL, "invalid CLOSE message subtype");
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.CLOSE);
        out.writeByte(kind);
        WireString.write(out, name);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static Close decode(ByteBuf body) {
        byte kind = Body.int8(body);
        String name = Body.string(body);
        Body.end(body);
        return new Close(kind, name);
    }
}
