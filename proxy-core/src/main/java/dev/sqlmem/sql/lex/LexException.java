package dev.sqlmem.sql.lex;

/** A text that no PostgreSQL lexes to its end: something unterminated, or a character that starts no token. */
public final class LexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The index of the character where the offending token starts. */
    private final int position;

    LexException(String message, int position) {
        super(message + " at character " + (position + 1), null, false, false);
        this.position = position;
    }

    /** Returns the index of the character where the offending token starts. */
    public int position() {
        return position;
    }
}
