package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** What a server sends. Immutable but for the buffers some messages share with the body they were read from. */
public interface BackendMessage {

    /** Appends the whole message: tag, length and body. */
    void encode(ByteBuf out);
}
