package dev.sqlmem.wire.codec;

import io.netty.buffer.ByteBuf;

/**
 * Whole frames of the same tag that arrived together, in one slice.
 *
 * @param content the frames, one right after the other
 * @param frames how many they are, at least one
 * @param tag the tag of each of them
 */
public record FrameRun(ByteBuf content, int frames, byte tag) implements FrameContent {}
