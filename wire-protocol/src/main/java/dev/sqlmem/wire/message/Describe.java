package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * Asks what a statement or portal takes and returns.
 *
 * @param kind {@link #STATEMENT} or {@link #PORTAL}
 * @param name empty for the unnamed one
 */
public record Describe(byte kind, String name) implements FrontendMessage {
    /** The kind of a prepared statement. */
    public static final byte STATEMENT = 'S';

    /** The kind of a portal. */
    public static final byte PORTAL = 'P';

    /** Checks the kind. */
    public Describe {
        ProtocolException.check(kind == STATEMENT || kind == PORTAL, "invalid DESCRIBE message subtype");
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.DESCRIBE);
        out.writeByte(kind);
        WireString.write(out, name);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static Describe decode(ByteBuf body) {
        byte kind = Body.int8(body);
        String name = Body.string(body);
        Body.end(body);
        return new Describe(kind, name);
    }
}
