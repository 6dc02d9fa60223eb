package dev.sqlmem.sql.lex;

/** Finds where a number of a query text ends. */
final class NumberEnds {

    private NumberEnds() {}

    /** Returns the index after the number at {@code from}, which starts with a digit or a point and a digit. */
    static int endOfNumber(String text, int from) {
        int end = digits(text, from);
        boolean range = text.startsWith("..", end);
        if (end < text.length() && text.charAt(end) == '.' && (end == from || !range)) {
            end = digits(text, end + 1);
        }
        if (end < text.length() && (text.charAt(end) | 0x20) == 'e') {
            int exponent = end + 1;
            if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
                exponent++;
            }
            int exponentEnd = digits(text, exponent);
            if (exponentEnd > exponent) {
                end = exponentEnd;
            }
        }
        return end;
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && Lexer.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
