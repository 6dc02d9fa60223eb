package dev.sqlmem.storage;

import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An array, stored as its binary form: dimensions, flags, element type, length and lower bound of each
 * dimension, elements (manual, "Arrays"). Where equal elements have the same bytes, so have equal arrays.
 */
public final class ArrayCodec extends BytesCodec {
    private static final int MAX_DIMENSIONS = 6;
    private static final int MAX_LITERAL = 100_000;

    private final int oid;
    private final int elementOid;
    private final TypeCodec element;

    /** Creates the codec; the element type's text must be separated by commas. */
    ArrayCodec(int oid, int elementOid, TypeCodec element) {
        this.oid = oid;
        this.elementOid = elementOid;
        this.element = element;
    }

    /** The codec of the elements. */
    public TypeCodec element() {
        return element;
    }

    @Override
    public int oid() {
        return oid;
    }

    @Override
    public short length() {
        return -1;
    }

    @Override
    public StorageClass storage() {
        return StorageClass.BLOB;
    }

    @Override
    public Comparison comparison() {
        if (element.isIdentity()) {
            return Comparison.EQUAL;
        }
        return Comparison.NONE;
    }

    @Override
    public boolean isIdentity() {
        return element.isIdentity();
    }

    @Override
    public boolean writesText(TextSettings settings) {
        return element.writesText(settings);
    }

    @Override
    public TextDependence textDependence() {
        return element.textDependence();
    }

    @Override
    public boolean isZoned() {
        return element.isZoned();
    }

    @Override
    public void writeBinary(byte[] stored, int typmod, ByteBuf out) {
        out.writeBytes(stored);
    }

    @Override
    public void writeText(byte[] stored, int typmod, TextSettings settings, ByteBuf out) {
        new ArrayText(element, typmod, settings, out).write(Unpooled.wrappedBuffer(stored));
    }

    /** Takes an array as {@code array_send} made it. */
    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        int start = in.readerIndex();
        byte[] stored = new byte[length];
        in.readBytes(stored);
        try {
            check(in, start, length, typmod);
        } catch (IndexOutOfBoundsException e) {
            throw new NotExactException("an array that ends too early");
        }
        return stored;
    }

    private void check(ByteBuf in, int start, int length, int typmod) {
        int dimensions = in.getInt(start);
        int flags = in.getInt(start + 4);
        if (dimensions < 0 || dimensions > MAX_DIMENSIONS || in.getInt(start + 8) != elementOid) {
            throw new NotExactException("an array of another type");
        }
        long count;
        if (dimensions == 0) {
            count = 0;
        } else {
            count = 1;
        }
        int at = start + 12;
        for (int i = 0; i < dimensions; i++, at += 8) {
            count *= in.getInt(at);
            if (count <= 0 || count > length) {
                throw new NotExactException("an array of impossible size");
            }
        }
        boolean nulls = false;
        for (long i = 0; i < count; i++) {
            int bytes = in.getInt(at);
            at += 4;
            if (bytes < 0) {
                nulls = true;
            } else {
                read(in.slice(at, bytes), bytes, typmod);
                at += bytes;
            }
        }
        // An array that has lost its last null may still say that it has some: equal to one that does not.
        if (at != start + length || flags != (nulls ? 1 : 0)) {
            throw new NotExactException("an array of an unusual form");
        }
    }

    /** Reads an element as it will be read when it is written out as text. */
    private void read(ByteBuf in, int length, int typmod) {
        if (element instanceof IntegerCodec codec) {
            codec.readBinary(in, length, typmod);
        } else if (element instanceof RealCodec codec) {
            codec.readBinary(in, length);
        } else if (element instanceof BytesCodec codec) {
            codec.readBinary(in, length, typmod);
        }
    }

    /** Reads one dimension of plain words and numbers, {@code {1,2,3}}; quotes, nulls and bounds are not read. */
    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        String text = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
        if (length > MAX_LITERAL || length < 2 || text.charAt(0) != '{' || !text.endsWith("}")) {
            throw notCanonical();
        }
        String[] parts;
        if (length == 2) {
            parts = new String[0];
        } else {
            parts = text.substring(1, text.length() - 1).split(",", -1);
        }
        ByteBuf out = Unpooled.buffer(20 + 8 * parts.length);
        out.writeInt(parts.length == 0 ? 0 : 1).writeInt(0).writeInt(elementOid);
        if (parts.length > 0) {
            out.writeInt(parts.length).writeInt(1);
        }
        for (String part : parts) {
            if (!isPlain(part)) {
                throw notCanonical();
            }
            int at = out.writerIndex();
            ByteBuf value = Unpooled.wrappedBuffer(part.getBytes(StandardCharsets.US_ASCII));
            out.writeInt(0);
            convert(value, typmod, settings, out);
            out.setInt(at, out.writerIndex() - at - Integer.BYTES);
        }
        byte[] stored = new byte[out.readableBytes()];
        out.readBytes(stored);
        in.skipBytes(length);
        return stored;
    }

    private void convert(ByteBuf text, int typmod, TextSettings settings, ByteBuf out) {
        int length = text.readableBytes();
        if (element instanceof IntegerCodec codec) {
            codec.writeBinary(codec.readText(text, length, typmod, settings), typmod, out);
        } else if (element instanceof BytesCodec codec && element.isIdentity()) {
            codec.writeBinary(codec.readText(text, length, typmod, settings), typmod, out);
        } else {
            throw new NotExactException("an array of elements that are not compared");
        }
    }

    private static boolean isPlain(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean plain = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c == '-'
                    || c == '+'
                    || (c == ' ' && i > 0 && i < part.length() - 1)
                    || c == '_'
                    || c == '.'
                    || c == ':';
            if (!plain) {
                return false;
            }
        }
        return !part.isEmpty() && !part.toLowerCase(Locale.ROOT).equals("null");
    }

    private static NotExactException notCanonical() {
        return new NotExactException("not a canonical array");
    }
}
