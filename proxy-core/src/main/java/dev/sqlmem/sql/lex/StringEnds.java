package dev.sqlmem.sql.lex;

/** Finds where comments, strings and quoted names of a query text end. */
final class StringEnds {

    private StringEnds() {}

    static int endOfLine(String text, int from) {
        int p = from;
        while (p < text.length() && text.charAt(p) != '\n' && text.charAt(p) != '\r') {
            p++;
        }
        return p;
    }

    static int endOfBlock(String text, int from) {
        int depth = 1;
        int p = from + 2;
        while (p + 1 < text.length()) {
            if (text.startsWith("*/", p)) {
                p += 2;
                if (--depth == 0) {
                    return p;
                }
            } else if (text.startsWith("/*", p)) {
                depth++;
                p += 2;
            } else {
                p++;
            }
        }
        throw new LexException("unterminated comment", from);
    }

    /** Returns the index of the quote that closes the string opened at {@code quote}. */
    static int closingQuote(String text, int quote, boolean escapes) {
        int p = quote + 1;
        while (p < text.length()) {
            char c = text.charAt(p);
            boolean doubled = c == '\'' && p + 1 < text.length() && text.charAt(p + 1) == '\'';
            if (c == '\'' && !doubled) {
                return p;
            }
            if (doubled || (c == '\\' && escapes)) {
                p += 2;
            } else {
                p += 1;
            }
        }
        throw new LexException("unterminated string", quote);
    }

    static int closingDoubleQuote(String text, int quote) {
        int p = quote + 1;
        while (p < text.length()) {
            boolean doubled = text.startsWith("\"\"", p);
            if (text.charAt(p) == '"' && !doubled) {
                return p;
            }
            if (doubled) {
                p += 2;
            } else {
                p += 1;
            }
        }
        throw new LexException("unterminated quoted identifier", quote);
    }

    /** Returns the index of the quote that continues a string closed before {@code from} on a later line, or -1. */
    static int continuation(String text, int from) {
        boolean lineEnded = false;
        int p = from;
        while (p < text.length()) {
            char c = text.charAt(p);
            if (Lexer.isSpace(c)) {
                lineEnded |= c == '\n' || c == '\r';
                p++;
            } else if (text.startsWith("--", p)) {
                p = endOfLine(text, p);
            } else {
                if (c == '\'' && lineEnded) {
                    return p;
                }
                return -1;
            }
        }
        return -1;
    }

    /** Returns the index after the {@code $tag$} at {@code from}. */
    static int dollarTag(String text, int from) {
        for (int p = from + 1; p < text.length(); p++) {
            char c = text.charAt(p);
            if (c == '$') {
                return p + 1;
            }
            if (!Lexer.isWordStart(c) && (p == from + 1 || !Lexer.isDigit(c))) {
                break;
            }
        }
        throw new LexException("stray $", from);
    }

    /** Returns the index of c in the {@code UESCAPE 'c'} that follows a {@code U&"…"}, or -1 where none does. */
    static int uescape(String text, int from) {
        int p = skipSpace(text, from);
        boolean longer = p + 7 < text.length() && Lexer.isWordPart(text.charAt(p + 7));
        if (longer || !text.regionMatches(true, p, "uescape", 0, 7)) {
            return -1;
        }
        int quote = skipSpace(text, p + 7);
        if (quote + 2 < text.length() && text.charAt(quote) == '\'' && text.charAt(quote + 2) == '\'') {
            return quote + 1;
        }
        throw new LexException("UESCAPE must be followed by a simple string literal", p);
    }

    private static int skipSpace(String text, int from) {
        int p = from;
        while (p < text.length()) {
            if (Lexer.isSpace(text.charAt(p))) {
                p++;
            } else if (text.startsWith("--", p)) {
                p = endOfLine(text, p);
            } else if (text.startsWith("/*", p)) {
                p = endOfBlock(text, p);
            } else {
                break;
            }
        }
        return p;
    }
}
