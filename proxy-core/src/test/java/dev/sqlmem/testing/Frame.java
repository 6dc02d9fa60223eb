package dev.sqlmem.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One protocol message as it is on the wire: its tag and its body without the length word.
 *
 * <p>Immutable as long as nobody writes into {@link #body()}, which nobody does.
 */
public final class Frame {
    /** Stands for the end of the connection: the peer closed it. */
    public static final Frame END = new Frame('\0', new byte[0]);

    private final char tag;
    private final byte[] body;

    public Frame(char tag, byte[] body) {
        this.tag = tag;
        this.body = body;
    }

    public char tag() {
        return tag;
    }

    public byte[] body() {
        return body;
    }

    /** The whole message: tag, length, body. */
    public byte[] encode() {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) tag)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }

    /** Whether this is {@link #END}. */
    public boolean isEnd() {
        return tag == '\0';
    }

    public boolean is(char other) {
        return tag == other;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Frame frame && frame.tag == tag && Arrays.equals(frame.body, body);
    }

    @Override
    public int hashCode() {
        return 31 * tag + Arrays.hashCode(body);
    }

    /** Readable form of a message of the server; see {@link FrameText}. */
    @Override
    public String toString() {
        return FrameText.describe(this);
    }
}
