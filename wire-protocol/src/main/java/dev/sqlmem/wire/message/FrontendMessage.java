package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** What a client sends. Immutable but for the buffers some messages share with the body they were read from. */
public interface FrontendMessage {

    /** Appends the whole message: its tag, if it has one, its length and its body. */
    void encode(ByteBuf out);
}
