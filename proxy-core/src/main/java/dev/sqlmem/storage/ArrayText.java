package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Digits;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Writes one array as text: braces, commas, and quotes where an element needs them (manual, "Arrays"). */
final class ArrayText {
    private static final int HEADER = 12;

    private final TypeCodec element;
    private final int typmod;
    private final TextSettings settings;
    private final ByteBuf out;
    private final ByteBuf scratch = Unpooled.buffer(64);

    ArrayText(TypeCodec element, int typmod, TextSettings settings, ByteBuf out) {
        this.element = element;
        this.typmod = typmod;
        this.settings = settings;
        this.out = out;
    }

    void write(ByteBuf array) {
        int dimensions = array.getInt(0);
        if (dimensions == 0) {
            out.writeShort('{' << 8 | '}');
            return;
        }
        int[] lengths = new int[dimensions];
        boolean bounds = false;
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = array.getInt(HEADER + 8 * i);
            bounds |= array.getInt(HEADER + 8 * i + 4) != 1;
        }
        for (int i = 0; bounds && i < dimensions; i++) {
            int lower = array.getInt(HEADER + 8 * i + 4);
            out.writeByte('[');
            Digits.write(lower, out);
            out.writeByte(':');
            Digits.write(lower + lengths[i] - 1, out);
            out.writeByte(']');
        }
        if (bounds) {
            out.writeByte('=');
        }
        array.readerIndex(HEADER + 8 * dimensions);
        dimension(array, lengths, 0);
    }

    private void dimension(ByteBuf array, int[] lengths, int depth) {
        out.writeByte('{');
        for (int i = 0; i < lengths[depth]; i++) {
            if (i > 0) {
                out.writeByte(',');
            }
            if (depth + 1 < lengths.length) {
                dimension(array, lengths, depth + 1);
            } else {
                element(array);
            }
        }
        out.writeByte('}');
    }

    private void element(ByteBuf array) {
        int length = array.readInt();
        if (length < 0) {
            out.writeInt('N' << 24 | 'U' << 16 | 'L' << 8 | 'L');
            return;
        }
        scratch.clear();
        if (element instanceof EnumCodec) {
            scratch.writeBytes(array, length);
        } else if (element instanceof IntegerCodec codec) {
            codec.writeText(codec.readBinary(array, length, typmod), typmod, settings, scratch);
        } else if (element instanceof RealCodec codec) {
            codec.writeText(codec.readBinary(array, length), scratch);
        } else if (element instanceof BytesCodec codec) {
            codec.writeText(bytes(codec, array, length), typmod, settings, scratch);
        }
        if (isPlain()) {
            out.writeBytes(scratch);
        } else {
            quoted();
        }
    }

    /** What the codec writes from; of a keyed type the wire bytes. */
    private byte[] bytes(BytesCodec codec, ByteBuf array, int length) {
        if (!codec.isKeyed()) {
            return codec.readBinary(array, length, typmod);
        }
        byte[] wire = new byte[length];
        array.readBytes(wire);
        return wire;
    }

    private boolean isPlain() {
        int length = scratch.readableBytes();
        if (length == 0 || (length == 4 && isNull())) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte c = scratch.getByte(i);
            boolean special =
                    c == '"' || c == '\\' || c == '{' || c == '}' || c == ',' || c == ' ' || (c >= 9 && c <= 13);
            if (special) {
                return false;
            }
        }
        return true;
    }

    private boolean isNull() {
        return (scratch.getInt(0) & ~0x20202020) == ('N' << 24 | 'U' << 16 | 'L' << 8 | 'L');
    }

    private void quoted() {
        out.writeByte('"');
        while (scratch.isReadable()) {
            byte c = scratch.readByte();
            if (c == '"' || c == '\\') {
                out.writeByte('\\');
            }
            out.writeByte(c);
        }
        out.writeByte('"');
    }
}
