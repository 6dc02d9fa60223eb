package dev.sqlmem.sql.shape;

/**
 * What kind of constant a literal is to PostgreSQL's lexer (manual, chapter "Lexical Structure").
 *
 * <p>The class is part of the shape: {@code id = 5} and {@code id = 5.0} are typed differently, so
 * they may not share a plan.
 */
public enum LiteralClass {
    /** An integer that fits int4. */
    INT4(1),
    /** An integer that fits int8 and not int4. */
    INT8(2),
    /** A number with a point or an exponent, or one too large for int8. */
    NUMERIC(3),
    /** A plain {@code '…'} without escapes, in one piece. */
    STRING(4),
    /** {@code E'…'}, and {@code '…'} with backslashes where {@code standard_conforming_strings} is off. */
    ESCAPE_STRING(5),
    /** Any other string: U&amp;'…', B'…', X'…', N'…', $tag$…$tag$, or one continued over lines. */
    OTHER_STRING(6),
    /** A number that PostgreSQL versions read differently, such as {@code 1_000}, {@code 0x1F} or {@code 123abc}. */
    OTHER(7);

    private static final LiteralClass[] BY_MARKER = new LiteralClass[8];

    static {
        for (LiteralClass literalClass : values()) {
            BY_MARKER[literalClass.marker] = literalClass;
        }
    }

    private final byte marker;

    LiteralClass(int marker) {
        this.marker = (byte) marker;
    }

    /** Returns the byte that stands for such a literal in a shape; it occurs in no SQL text. */
    byte marker() {
        return marker;
    }

    static boolean isMarker(byte b) {
        return b > 0 && b < BY_MARKER.length;
    }

    static LiteralClass ofMarker(byte marker) {
        return BY_MARKER[marker];
    }

    /** Whether a plan can take such a literal as a parameter; the others keep the text from being planned. */
    public boolean plannable() {
        return this != OTHER_STRING && this != OTHER;
    }

    boolean isString() {
        return this == STRING || this == ESCAPE_STRING || this == OTHER_STRING;
    }
}
