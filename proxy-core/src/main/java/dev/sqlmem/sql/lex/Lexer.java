package dev.sqlmem.sql.lex;

import dev.sqlmem.sql.shape.ShapeBytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * PostgreSQL's lexer ({@code scan.l}; manual, chapter "Lexical Structure") for use at planning time.
 *
 * <p>Where server versions differ (junk after numbers), the reading is the older one, which splits
 * {@code 123abc} into two tokens: it hides no keyword. Comments and white space leave no tokens.
 */
public final class Lexer {
    /** One text for each symbol, however many of it there are. */
    private static final String[] SYMBOLS = new String[0x80];

    static {
        for (char c = 0; c < SYMBOLS.length; c++) {
            SYMBOLS[c] = String.valueOf(c);
        }
    }

    private final String text;
    private final boolean standardStrings;
    private final boolean marks;
    private final List<Token> tokens = new ArrayList<>();
    private final LexerLimits limits = new LexerLimits();
    private int at;

    private Lexer(String text, boolean standardStrings, boolean marks) {
        this.text = text;
        this.standardStrings = standardStrings;
        this.marks = marks;
    }

    /**
     * Lexes a query text.
     *
     * @param text the text as the client sent it
     * @param standardConformingStrings the session's {@code standard_conforming_strings}
     * @throws LexException where PostgreSQL's own lexer would stop as well
     * @throws TooComplexException where the text is beyond {@link LexerLimits}
     */
    public static List<Token> lex(String text, boolean standardConformingStrings) {
        return new Lexer(text, standardConformingStrings, false).run();
    }

    /**
     * Checks a text's length in bytes or characters ahead of {@link #lex}.
     *
     * @throws TooComplexException where it is too long to be lexed
     */
    public static void requireLength(int length) {
        LexerLimits.text(length);
    }

    /**
     * Lexes a {@link ShapeBytes#parserText}, or what JSqlParser printed of it: {@code ?n} is a {@link
     * TokenKind#LITERAL_MARK} and no operator.
     */
    public static List<Token> lexParserText(String text) {
        return new Lexer(text, true, true).run();
    }

    private List<Token> run() {
        LexerLimits.text(text.length());
        while (skipSpace()) {
            limits.token();
            token();
        }
        return Collections.unmodifiableList(tokens);
    }

    private boolean skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (text.startsWith("--", at)) {
                at = StringEnds.endOfLine(text, at);
            } else if (text.startsWith("/*", at)) {
                at = StringEnds.endOfBlock(text, at);
            } else {
                return true;
            }
        }
        return false;
    }

    private void token() {
        char c = text.charAt(at);
        if (isWordStart(c)) {
            word();
        } else if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
            add(TokenKind.NUMBER, NumberEnds.endOfNumber(text, at));
        } else if (c == '\'') {
            string(at, !standardStrings, TokenKind.STRING);
        } else if (c == '"') {
            quotedName(at, false);
        } else if (c == '$') {
            dollar();
        } else if (CharacterTable.OPERATOR_CHARACTERS.indexOf(c) >= 0) {
            operator();
        } else if ("()[],;.:".indexOf(c) >= 0) {
            punctuation(c);
        } else {
            throw new LexException("unexpected character", at);
        }
    }

    private void add(TokenKind kind, int end) {
        add(kind, text.substring(at, end), end);
    }

    private void add(TokenKind kind, String value, int end) {
        tokens.add(new Token(kind, value, at, end));
        at = end;
    }

    private void word() {
        int end = at + 1;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        char following = charAt(end);
        if (end - at == 1 && (following == '\'' || following == '&') && prefixed(following)) {
            return;
        }
        add(TokenKind.IDENT, Names.truncate(Names.fold(text.substring(at, end))), end);
    }

    private boolean prefixed(char following) {
        char letter = Character.toLowerCase(text.charAt(at));
        if (letter == 'u' && following == '&') {
            char quote = charAt(at + 2);
            if (quote == '\'') {
                string(at + 2, false, TokenKind.OTHER_STRING);
            } else if (quote == '"') {
                quotedName(at + 2, true);
            }
            return quote == '\'' || quote == '"';
        }
        if (following == '&' || "ebxn".indexOf(letter) < 0) {
            return false;
        }
        boolean escapes = letter == 'e' || (letter == 'n' && !standardStrings);
        string(at + 1, escapes, letter == 'e' ? TokenKind.ESCAPE_STRING : TokenKind.OTHER_STRING);
        return true;
    }

    private void string(int quote, boolean escapes, TokenKind opened) {
        int close = StringEnds.closingQuote(text, quote, escapes);
        int continued = StringEnds.continuation(text, close + 1);
        boolean pieces = continued >= 0;
        while (continued >= 0) {
            close = StringEnds.closingQuote(text, continued, escapes);
            continued = StringEnds.continuation(text, close + 1);
        }
        String raw = text.substring(quote + 1, close);
        if (pieces) {
            add(TokenKind.OTHER_STRING, raw, close + 1);
        } else if (opened == TokenKind.STRING && escapes && raw.indexOf('\\') >= 0) {
            add(TokenKind.ESCAPE_STRING, raw, close + 1);
        } else {
            add(opened, opened == TokenKind.STRING ? raw.replace("''", "'") : raw, close + 1);
        }
    }

    private void quotedName(int quote, boolean unicode) {
        int close = StringEnds.closingDoubleQuote(text, quote);
        String name = text.substring(quote + 1, close).replace("\"\"", "\"");
        int end = close + 1;
        if (unicode) {
            int escape = StringEnds.uescape(text, end);
            name = Names.unescape(name, escape < 0 ? '\\' : text.charAt(escape), at);
            if (escape >= 0) {
                end = escape + 2;
            }
        }
        add(TokenKind.QUOTED_IDENT, Names.truncate(name), end);
    }

    private void dollar() {
        int end = at + 1;
        while (isDigit(charAt(end))) {
            end++;
        }
        if (end > at + 1) {
            add(TokenKind.PARAM, end);
            return;
        }
        int tagEnd = StringEnds.dollarTag(text, at);
        String tag = text.substring(at, tagEnd);
        int close = text.indexOf(tag, tagEnd);
        if (close < 0) {
            throw new LexException("unterminated dollar-quoted string", at);
        }
        add(TokenKind.OTHER_STRING, text.substring(tagEnd, close), close + tag.length());
    }

    private void operator() {
        int end = at;
        while (end < text.length()
                && CharacterTable.OPERATOR_CHARACTERS.indexOf(text.charAt(end)) >= 0
                && !text.startsWith("--", end)
                && !text.startsWith("/*", end)
                && !isMark(end)) {
            end++;
        }
        if (end == at) {
            end++;
            while (isDigit(charAt(end))) {
                end++;
            }
            add(TokenKind.LITERAL_MARK, end);
            return;
        }
        while (end - at > 1 && "+-".indexOf(text.charAt(end - 1)) >= 0 && !mayEndInSign(end)) {
            end--;
        }
        add(TokenKind.OPERATOR, end);
    }

    private boolean isMark(int index) {
        return marks && text.charAt(index) == '?' && isDigit(charAt(index + 1));
    }

    /** Only an operator with one of these characters may end in + or -, so that {@code a=-1} reads as it should. */
    private boolean mayEndInSign(int end) {
        for (int i = at; i < end - 1; i++) {
            if ("~!@#^&|`?%".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private void punctuation(char c) {
        char following = charAt(at + 1);
        limits.punctuation(c);
        if ((c == ':' && (following == ':' || following == '=')) || (c == '.' && following == '.')) {
            add(TokenKind.PUNCTUATION, at + 2);
        } else {
            add(TokenKind.PUNCTUATION, SYMBOLS[c], at + 1);
        }
    }

    private char charAt(int index) {
        if (index < text.length()) {
            return text.charAt(index);
        }
        return 0;
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isWordStart(char c) {
        return c >= 0x80 || CharacterTable.KIND[c] == CharacterTable.WORD;
    }

    static boolean isWordPart(char c) {
        return c >= 0x80 || CharacterTable.FOLD[c] != 0;
    }
}
