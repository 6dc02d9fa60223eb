package dev.sqlmem.wire.message;

import static dev.sqlmem.wire.WireBytes.wire;

import io.netty.buffer.ByteBuf;

/**
 * A message and its bytes, written out by hand.
 *
 * @param message the message
 * @param notation its bytes
 * @param open whether the body is well-formed at other lengths, too
 */
public record Sample<M>(M message, String notation, boolean open) {
    static <M> Sample<M> of(M message, String notation) {
        return new Sample<>(message, notation, false);
    }

    static <M> Sample<M> open(M message, String notation) {
        return new Sample<>(message, notation, true);
    }

    /** The whole frame. */
    public ByteBuf frame() {
        return wire(notation);
    }

    /** The tag of the frame. */
    public byte tag() {
        return frame().getByte(0);
    }

    /** What follows tag and length. */
    public ByteBuf body() {
        return frame().skipBytes(5);
    }

    @Override
    public String toString() {
        return message.getClass().getSimpleName() + " " + notation;
    }
}
