package dev.sqlmem.sql.lex;

/**
 * One token of a query text.
 *
 * @param kind what it is
 * @param value its value, folded or unescaped as the kind says; for operators and punctuation the text itself
 * @param start the index of its first character in the text
 * @param end the index after its last character
 */
public record Token(TokenKind kind, String value, int start, int end) {

    /** Whether this is the unquoted word, given in lower case. */
    public boolean isWord(String word) {
        return kind == TokenKind.IDENT && value.equals(word);
    }

    /** Whether this is the punctuation or operator. */
    public boolean isSymbol(String symbol) {
        return (kind == TokenKind.PUNCTUATION || kind == TokenKind.OPERATOR) && value.equals(symbol);
    }

    /** Whether this is a name, quoted or not (keywords included). */
    public boolean isName() {
        return kind == TokenKind.IDENT || kind == TokenKind.QUOTED_IDENT;
    }
}
