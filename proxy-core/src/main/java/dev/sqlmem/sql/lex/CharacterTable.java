package dev.sqlmem.sql.lex;

/** What each byte of a query text can start or be part of, outside of quotes. */
public final class CharacterTable {

    static final byte STRAY = 0;
    public static final byte SPACE = 1;
    public static final byte WORD = 2;
    public static final byte DIGIT = 3;
    public static final byte QUOTE = 4;
    public static final byte DOUBLE_QUOTE = 5;
    public static final byte DOLLAR = 6;
    public static final byte POINT = 7;
    public static final byte SYMBOL = 8;

    /** What a token starting with the byte is. A vertical tab is a space only since PostgreSQL 16: stray. */
    static final byte[] KIND = new byte[256];

    /** The byte as part of a word, folded to lower case; 0 where it ends a word. */
    static final byte[] FOLD = new byte[256];

    static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";

    static {
        for (char c : " \t\n\r\f".toCharArray()) {
            KIND[c] = SPACE;
        }
        for (char c : (OPERATOR_CHARACTERS + "()[],;:").toCharArray()) {
            KIND[c] = SYMBOL;
        }
        for (int c = 0; c < 256; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (letter || c == '_' || c >= 0x80) {
                KIND[c] = WORD;
            } else if (digit) {
                KIND[c] = DIGIT;
            }
            if (KIND[c] == WORD || digit || c == '$') {
                FOLD[c] = (byte) (c >= 'A' && c <= 'Z' ? c + 32 : c);
            }
        }
        KIND['\''] = QUOTE;
        KIND['"'] = DOUBLE_QUOTE;
        KIND['$'] = DOLLAR;
        KIND['.'] = POINT;
    }

    private CharacterTable() {}

    /** The scanner's own copy of {@link #KIND}, by byte value. */
    public static byte[] kinds() {
        return KIND.clone();
    }

    /** The scanner's own copy of {@link #FOLD}, by byte value. */
    public static byte[] folds() {
        return FOLD.clone();
    }
}
