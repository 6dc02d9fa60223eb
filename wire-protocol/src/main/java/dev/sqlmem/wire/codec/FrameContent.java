package dev.sqlmem.wire.codec;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;

/** Bytes of the wire with a note on what they are. Counts references by its buffer; the receiver releases it. */
public sealed interface FrameContent extends ReferenceCounted permits FrameChunk, FrameRun {

    /** The bytes as received, tags and lengths included. */
    ByteBuf content();

    /** The tag of the frames. */
    byte tag();

    @Override
    default int refCnt() {
        return content().refCnt();
    }

    @Override
    default FrameContent retain() {
        content().retain();
        return this;
    }

    @Override
    default FrameContent retain(int increment) {
        content().retain(increment);
        return this;
    }

    @Override
    default FrameContent touch() {
        content().touch();
        return this;
    }

    @Override
    default FrameContent touch(Object hint) {
        content().touch(hint);
        return this;
    }

    @Override
    default boolean release() {
        return content().release();
    }

    @Override
    default boolean release(int decrement) {
        return content().release(decrement);
    }
}
