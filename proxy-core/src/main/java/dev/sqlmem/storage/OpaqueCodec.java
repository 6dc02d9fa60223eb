package dev.sqlmem.storage;

import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/**
 * A type that is only written out, counted and asked for null: what its values mean is the server's business.
 *
 * <p>Where neither form can be had from the other, a stored value is the text's length, the text, and the
 * binary form. The text comes with the load, and is kept only for types whose text no setting changes.
 */
public final class OpaqueCodec extends BytesCodec {

    /** What is stored, and what of the session's settings its text depends on. */
    public enum Form {
        /** The text, which is the binary form too. */
        SAME,
        /** The binary form: a version byte, then the text (jsonb). */
        VERSIONED,
        /** Both. */
        BOTH,
        /** Both; the text holds floating-point numbers. */
        BOTH_WITH_FLOATS,
        /** The binary form; the text is another one under each setting. */
        BINARY;

        /** The form for a type whose text must come with the load. */
        public static Form of(TextDependence dependence) {
            return switch (dependence) {
                case NONE -> BOTH;
                case FLOATS -> BOTH_WITH_FLOATS;
                case SETTINGS -> BINARY;
            };
        }
    }

    private final int oid;
    private final short length;
    private final Form form;
    private final boolean row;

    OpaqueCodec(int oid, int length, Form form) {
        this(oid, length, form, false);
    }

    OpaqueCodec(int oid, int length, Form form, boolean row) {
        this.oid = oid;
        this.length = (short) length;
        this.form = form;
        this.row = row;
    }

    @Override
    public boolean isRow() {
        return row;
    }

    @Override
    public int oid() {
        return oid;
    }

    @Override
    public short length() {
        return length;
    }

    @Override
    public StorageClass storage() {
        return StorageClass.BLOB;
    }

    @Override
    public Comparison comparison() {
        return Comparison.NONE;
    }

    @Override
    public boolean isIdentity() {
        return false;
    }

    @Override
    public boolean needsText() {
        return form == Form.BOTH || form == Form.BOTH_WITH_FLOATS;
    }

    @Override
    public TextDependence textDependence() {
        return switch (form) {
            case SAME, VERSIONED, BOTH -> TextDependence.NONE;
            case BOTH_WITH_FLOATS -> TextDependence.FLOATS;
            case BINARY -> TextDependence.SETTINGS;
        };
    }

    @Override
    public boolean writesText(TextSettings settings) {
        return form != Form.BINARY && (form != Form.BOTH_WITH_FLOATS || settings.shortestFloats());
    }

    @Override
    public void writeText(byte[] stored, int typmod, TextSettings settings, ByteBuf out) {
        switch (form) {
            case SAME -> out.writeBytes(stored);
            case VERSIONED -> out.writeBytes(stored, 1, stored.length - 1);
            case BOTH, BOTH_WITH_FLOATS -> out.writeBytes(stored, Integer.BYTES, textLength(stored));
            case BINARY -> throw new NotExactException("a text form that only the server knows");
        }
    }

    @Override
    public void writeBinary(byte[] stored, int typmod, ByteBuf out) {
        int start;
        if (needsText()) {
            start = Integer.BYTES + textLength(stored);
        } else {
            start = 0;
        }
        out.writeBytes(stored, start, stored.length - start);
    }

    private static int textLength(byte[] stored) {
        return (stored[0] & 0xff) << 24 | (stored[1] & 0xff) << 16 | (stored[2] & 0xff) << 8 | (stored[3] & 0xff);
    }

    /**
     * Puts together what is stored of a type that {@link #needsText needs its text}. Indexes are absolute;
     * nothing is moved.
     */
    public static byte[] both(ByteBuf in, int binaryAt, int binaryLength, int textAt, int textLength) {
        byte[] stored = new byte[Integer.BYTES + textLength + binaryLength];
        for (int i = 0; i < Integer.BYTES; i++) {
            stored[i] = (byte) (textLength >> (24 - 8 * i));
        }
        in.getBytes(textAt, stored, Integer.BYTES, textLength);
        in.getBytes(binaryAt, stored, Integer.BYTES + textLength, binaryLength);
        return stored;
    }

    /** Takes the binary form where that is all that is stored. */
    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        byte[] stored = new byte[length];
        in.readBytes(stored);
        if (form == Form.VERSIONED && (length == 0 || stored[0] != 1)) {
            throw new NotExactException("a binary form of an unknown version");
        }
        return stored;
    }

    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        throw new NotExactException("a value of a type that is not compared");
    }
}
