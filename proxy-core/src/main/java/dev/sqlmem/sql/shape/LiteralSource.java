package dev.sqlmem.sql.shape;

/** The literals of one statement, by slot from 0. */
public interface LiteralSource {

    /** The value of an integer literal. */
    long integerValue(int slot);

    /** The value of a plain string literal in UTF-8, quotes undone; the array is the caller's. */
    byte[] stringValue(int slot);

    /** Whether the literal is a plain string, not a number. */
    boolean isQuoted(int slot);

    /** The literal as it was written. */
    String literalText(int slot);
}
