package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message with its tag and length, as it crosses the wire: where things are in it, and how its parts are
 * written.
 */
public final class Frame {
    /** The bytes before the body: a tag and a length. */
    public static final int HEADER = 1 + Integer.BYTES;

    private Frame() {}

    /** The message's tag. */
    public static byte tag(ByteBuf frame) {
        return frame.getByte(frame.readerIndex());
    }

    /** The message's body: a slice of the frame that holds no reference of its own. */
    public static ByteBuf body(ByteBuf frame) {
        return frame.slice(frame.readerIndex() + HEADER, frame.readableBytes() - HEADER);
    }

    /** Where the string that begins at {@code from} has its terminator; ProtocolException when there is none. */
    public static int string(ByteBuf frame, int from) {
        int end = -1;
        if (from <= frame.writerIndex()) {
            end = frame.indexOf(from, frame.writerIndex(), (byte) 0);
        }
        ProtocolException.check(end >= 0, "invalid string in message");
        return end;
    }

    /** Writes a message that is a tag only. */
    static void empty(ByteBuf out, byte tag) {
        out.writeByte(tag).writeInt(4);
    }

    /** Writes the tag and room for the length; the result goes to {@link #end}. */
    static int begin(ByteBuf out, byte tag) {
        out.writeByte(tag);
        int start = out.writerIndex();
        out.writeInt(0);
        return start;
    }

    /** Fills in the length. */
    static void end(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start);
    }

    static void shorts(ByteBuf out, List<Short> values) {
        count(out, values);
        for (short value : values) {
            out.writeShort(value);
        }
    }

    static void ints(ByteBuf out, List<Integer> values) {
        count(out, values);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    static void values(ByteBuf out, List<@Nullable ByteBuf> values) {
        count(out, values);
        for (ByteBuf value : values) {
            value(out, value);
        }
    }

    static void value(ByteBuf out, @Nullable ByteBuf value) {
        if (value == null) {
            out.writeInt(-1);
            return;
        }
        out.writeInt(value.readableBytes());
        out.writeBytes(value, value.readerIndex(), value.readableBytes());
    }

    private static void count(ByteBuf out, List<?> values) {
        if (values.size() > 0xffff) {
            throw new IllegalArgumentException("more than 65535 elements");
        }
        out.writeShort(values.size());
    }
}
