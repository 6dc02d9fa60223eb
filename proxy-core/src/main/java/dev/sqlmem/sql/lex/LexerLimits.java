package dev.sqlmem.sql.lex;

/**
 * How much of one text is lexed. A token takes some 80 bytes of heap, so a text takes 70 MB at most beside its own
 * characters: a heap of 512 MB has room for one on each of four event loops. One lexer's; one thread.
 */
final class LexerLimits {
    /** Texts of more characters are not lexed. */
    static final int MAX_TEXT = 16 << 20;

    /** An IN list of 200,000 numbers has 400,000. */
    static final int MAX_TOKENS = 500_000;

    /** A statement's classification takes more than its tokens. */
    static final int MAX_SEMICOLONS = 50_000;

    /** Deeper than anybody writes; the tokens of so deep a text alone are no burden. */
    static final int MAX_DEPTH = 50_000;

    private int tokens;
    private int semicolons;
    private int depth;

    static void text(int length) {
        if (length > MAX_TEXT) {
            throw new TooComplexException("the text is longer than " + MAX_TEXT + " bytes");
        }
    }

    void token() {
        if (++tokens > MAX_TOKENS) {
            throw new TooComplexException("the text has more than " + MAX_TOKENS + " tokens");
        }
    }

    void punctuation(char c) {
        if (c == ';' && ++semicolons > MAX_SEMICOLONS) {
            throw new TooComplexException("the text has more than " + MAX_SEMICOLONS + " semicolons");
        } else if (c == '(' && ++depth > MAX_DEPTH) {
            throw new TooComplexException("parentheses nest deeper than " + MAX_DEPTH);
        } else if (c == ')' && depth > 0) {
            depth--;
        }
    }
}
