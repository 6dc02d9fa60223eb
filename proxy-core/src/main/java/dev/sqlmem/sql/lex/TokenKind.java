package dev.sqlmem.sql.lex;

import dev.sqlmem.sql.shape.ShapeBytes;

/** The kinds of tokens of PostgreSQL's lexer. */
public enum TokenKind {
    /** An unquoted name or keyword; its value is folded to ASCII lower case. */
    IDENT,
    /** A quoted name; its value is unescaped. */
    QUOTED_IDENT,
    /** An unsigned number. */
    NUMBER,
    /** A {@code '…'} without escapes in one piece; its value is unescaped. */
    STRING,
    /** {@code E'…'}, or {@code '…'} with backslashes; its value is the raw text between the quotes. */
    ESCAPE_STRING,
    /** Any other string constant; its value is the raw text. */
    OTHER_STRING,
    /** A parameter; its value is {@code $n}. */
    PARAM,
    /** {@code ?n} in a {@link ShapeBytes#parserText}. */
    LITERAL_MARK,
    /** A maximal run of operator characters. */
    OPERATOR,
    /** One of {@code ( ) [ ] , ; . : :: := ..}. */
    PUNCTUATION;

    /** Whether such a token is a string constant. */
    public boolean isString() {
        return this == STRING || this == ESCAPE_STRING || this == OTHER_STRING;
    }
}
