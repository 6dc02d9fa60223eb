package dev.sqlmem.sql.shape;

/** Literals that outlive the scan that found them, for a prepared statement. */
public final class HeldLiterals implements LiteralSource {
    /** The literals of a statement without any. */
    public static final HeldLiterals NONE = new HeldLiterals(new Shape());

    private final String[] texts;
    private final long[] integers;
    private final byte[][] strings;

    private HeldLiterals(Shape shape) {
        int slots = shape.slots();
        texts = new String[slots];
        integers = new long[slots];
        strings = new byte[slots][];
        for (int i = 0; i < slots; i++) {
            texts[i] = shape.literalText(i);
            integers[i] = shape.integerValue(i);
            strings[i] = shape.literalClass(i) == LiteralClass.STRING ? shape.stringValue(i) : new byte[0];
        }
    }

    /** Copies the literals of a scanned statement; those of one that is not to be planned are never asked for. */
    public static HeldLiterals of(Shape shape) {
        if (shape.slots() == 0 || !shape.plannable()) {
            return NONE;
        }
        return new HeldLiterals(shape);
    }

    @Override
    public long integerValue(int slot) {
        return integers[slot];
    }

    @Override
    public byte[] stringValue(int slot) {
        return strings[slot].clone();
    }

    @Override
    public boolean isQuoted(int slot) {
        return texts[slot].charAt(0) == '\'';
    }

    @Override
    public String literalText(int slot) {
        return texts[slot];
    }
}
