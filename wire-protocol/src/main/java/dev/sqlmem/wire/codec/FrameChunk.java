package dev.sqlmem.wire.codec;

import io.netty.buffer.ByteBuf;

/**
 * A piece of a frame too large to gather, so that a value of any size passes in little memory.
 *
 * <p>The pieces of a frame follow each other with nothing between them. When the connection ends early,
 * the last one never comes.
 *
 * @param content the bytes; the first chunk starts with tag and length
 * @param tag the frame's tag
 * @param first whether the frame starts here
 * @param last whether it ends here
 */
public record FrameChunk(ByteBuf content, byte tag, boolean first, boolean last) implements FrameContent {}
