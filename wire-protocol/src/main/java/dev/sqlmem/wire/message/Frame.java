package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the parts messages are made of. */
final class Frame {
    private Frame() {}

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
