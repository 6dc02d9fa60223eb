package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** The row limit of {@link Execute} was reached; the portal has more. */
public record PortalSuspended() implements BackendMessage {
    /** All there is of this message. */
    public static final PortalSuspended INSTANCE = new PortalSuspended();

    @Override
    public void encode(ByteBuf out) {
        Frame.empty(out, Tag.PORTAL_SUSPENDED);
    }

    /** Reads the message from its body. */
    public static PortalSuspended decode(ByteBuf body) {
        Body.end(body);
        return INSTANCE;
    }
}
