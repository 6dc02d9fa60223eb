package dev.sqlmem.sql.lex;

/** A text that was not lexed to its end, since its tokens would take too much memory. It may be sound. */
public final class TooComplexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooComplexException(String message) {
        super(message, null, false, false);
    }
}
