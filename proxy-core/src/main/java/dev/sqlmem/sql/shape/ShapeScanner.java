package dev.sqlmem.sql.shape;

import dev.sqlmem.sql.lex.CharacterTable;
import dev.sqlmem.sql.lex.TokenEnds;
import dev.sqlmem.sql.lex.Utf8;
import io.netty.buffer.ByteBuf;

/**
 * Reduces a query text to its shape in one pass, without a parser and without garbage.
 *
 * <p>Two texts share a shape when they differ only in white space, comments, the case of unquoted
 * ASCII letters, a trailing semicolon and the values (not the classes) of their literals. The rules
 * are those of PostgreSQL's {@code scan.l}; where its versions differ, the shape says that it is not to
 * be planned. The text must be UTF-8: with another {@code client_encoding}, don't scan.
 *
 * <p>Holds the state of the running scan: one scanner a thread.
 */
public final class ShapeScanner {

    /** Texts of more bytes are not scanned. */
    public static final int MAX_TEXT = 64 * 1024;

    /** Texts with more literals are not scanned to their end. */
    public static final int MAX_LITERALS = 255;

    private static final byte[] FOLD = CharacterTable.folds();
    private static final byte[] KIND = CharacterTable.kinds();

    private Shape shape = new Shape();
    private byte[] in = new byte[0];
    private byte[] out = in;
    private int length;
    private int at;
    private int written;
    private boolean standardStrings;

    /**
     * Scans a query.
     *
     * @param query holds the text; neither its indexes nor its reference count change
     * @param index where the text starts in it
     * @param textLength the text's length in bytes, without a terminating zero
     * @param standardConformingStrings the session's {@code standard_conforming_strings}
     * @param into takes the result; its former content is lost
     */
    public void scan(ByteBuf query, int index, int textLength, boolean standardConformingStrings, Shape into) {
        if (textLength > MAX_TEXT) {
            into.reset(0);
            into.tooLong = true;
            return;
        }
        into.reset(textLength);
        query.getBytes(index, into.text, 0, textLength);
        shape = into;
        in = into.text;
        out = into.bytes;
        length = textLength;
        standardStrings = standardConformingStrings;
        at = 0;
        written = 0;
        tokens();
        while (written > 0 && (out[written - 1] == ';' || out[written - 1] == ' ')) {
            written--;
        }
        into.length = written;
        into.hash = ShapeHash.of(out, written);
        if (!Utf8.isValid(in, length)) {
            into.malformed = true;
        }
    }

    private void tokens() {
        boolean space = false;
        while (at < length) {
            byte b = in[at];
            byte kind = KIND[b & 0xff];
            if (kind == CharacterTable.SPACE) {
                at++;
                space = true;
                continue;
            }
            if ((b == '-' && next(1) == '-') || (b == '/' && next(1) == '*')) {
                comment(b);
                space = true;
                continue;
            }
            if (space) {
                space = false;
                if (written > 0) {
                    out[written++] = ' ';
                }
            }
            if (!token(kind)) {
                return;
            }
        }
    }

    private boolean token(byte kind) {
        return switch (kind) {
            case CharacterTable.WORD -> word();
            case CharacterTable.DIGIT -> number();
            case CharacterTable.POINT -> point();
            case CharacterTable.SYMBOL -> symbol();
            case CharacterTable.QUOTE -> string(at, at, !standardStrings, LiteralClass.STRING);
            case CharacterTable.DOUBLE_QUOTE -> quotedName();
            case CharacterTable.DOLLAR -> dollar();
            default -> stray();
        };
    }

    private boolean symbol() {
        out[written++] = in[at++];
        return true;
    }

    private boolean stray() {
        shape.malformed = true;
        at++;
        return true;
    }

    private int next(int distance) {
        if (at + distance < length) {
            return in[at + distance];
        }
        return 0;
    }

    private void comment(byte first) {
        int end;
        if (first == '-') {
            end = TokenEnds.endOfLine(in, at + 2, length);
        } else {
            end = TokenEnds.endOfBlock(in, at + 2, length);
        }
        if (end < 0) {
            shape.malformed = true;
            end = length;
        }
        at = end;
    }

    private boolean word() {
        int from = at;
        int p = at;
        int q = written;
        byte folded = FOLD[in[p] & 0xff];
        do {
            out[q++] = folded;
            p++;
        } while (p < length && (folded = FOLD[in[p] & 0xff]) != 0);
        if (p - from == 1 && p < length && (in[p] == '\'' || in[p] == '&') && prefixed(out[q - 1], p)) {
            return true;
        }
        if (shape.tooLong) {
            return false;
        }
        at = p;
        written = q;
        return true;
    }

    /** Reads the string that a one-letter prefix opens; false where the letter is a name, or the scan must end. */
    private boolean prefixed(byte letter, int quote) {
        if (letter == 'u' && in[quote] == '&' && quote + 1 < length) {
            if (in[quote + 1] == '"') {
                shape.malformed = true;
                return false;
            }
            return in[quote + 1] == '\'' && string(at, quote + 1, false, LiteralClass.OTHER_STRING);
        }
        if (in[quote] != '\'') {
            return false;
        }
        return switch (letter) {
            case 'e' -> string(at, quote, true, LiteralClass.ESCAPE_STRING);
            case 'b', 'x' -> string(at, quote, false, LiteralClass.OTHER_STRING);
            case 'n' -> string(at, quote, !standardStrings, LiteralClass.OTHER_STRING);
            default -> false;
        };
    }

    private boolean string(int start, int quote, boolean escapes, LiteralClass opened) {
        LiteralClass literalClass = opened;
        int p = quote + 1;
        while (true) {
            byte b = 0;
            while (p < length && (b = in[p]) != '\'' && (b != '\\' || !escapes)) {
                p++;
            }
            if (p >= length) {
                return unterminated(start, literalClass);
            }
            if (b == '\\') {
                if (opened == LiteralClass.STRING) {
                    literalClass = LiteralClass.ESCAPE_STRING;
                }
                p += 2;
            } else if (p + 1 < length && in[p + 1] == '\'') {
                p += 2;
            } else {
                int continued = TokenEnds.continuation(in, p + 1, length);
                if (continued < 0) {
                    return literal(literalClass, start, p + 1, 0);
                }
                opened = LiteralClass.OTHER_STRING;
                literalClass = opened;
                p = continued + 1;
            }
        }
    }

    private boolean unterminated(int start, LiteralClass literalClass) {
        shape.malformed = true;
        return literal(literalClass, start, length, 0);
    }

    private boolean literal(LiteralClass literalClass, int start, int end, long integer) {
        if (!shape.add(literalClass, start, end, integer)) {
            return false;
        }
        if (literalClass.isString() && followsString()) {
            shape.malformed = true;
        }
        out[written++] = literalClass.marker();
        at = end;
        return true;
    }

    /** Side by side on one line two strings are an error, over two lines one string: not to be confused. */
    private boolean followsString() {
        int last = written - 1;
        if (last >= 0 && out[last] == ' ') {
            last--;
        }
        return last >= 0
                && LiteralClass.isMarker(out[last])
                && LiteralClass.ofMarker(out[last]).isString();
    }

    private boolean quotedName() {
        int p = at + 1;
        while (p < length && (in[p] != '"' || (p + 1 < length && in[p + 1] == '"'))) {
            if (in[p] >= 0 && in[p] < ' ') {
                shape.malformed = true;
            }
            if (in[p] == '"') {
                p += 2;
            } else {
                p += 1;
            }
        }
        if (p >= length) {
            shape.malformed = true;
            p = length - 1;
        }
        int size = p + 1 - at;
        System.arraycopy(in, at, out, written, size);
        written += size;
        at += size;
        return true;
    }

    private boolean dollar() {
        int p = at + 1;
        if (p < length && KIND[in[p] & 0xff] == CharacterTable.DIGIT) {
            while (p < length && KIND[in[p] & 0xff] == CharacterTable.DIGIT) {
                p++;
            }
            System.arraycopy(in, at, out, written, p - at);
            written += p - at;
            at = p;
            shape.malformed |= p < length && KIND[in[p] & 0xff] == CharacterTable.WORD;
            return true;
        }
        int open = TokenEnds.dollarTag(in, at, length);
        if (open < 0) {
            return stray();
        }
        int close = TokenEnds.dollarEnd(in, at, open, length);
        if (close < 0) {
            return unterminated(at, LiteralClass.OTHER_STRING);
        }
        return literal(LiteralClass.OTHER_STRING, at, close, 0);
    }

    private boolean point() {
        int following = next(1);
        if (following >= '0' && following <= '9') {
            return number();
        }
        out[written++] = in[at++];
        if (following == '.') {
            out[written++] = in[at++];
        }
        return true;
    }

    private boolean number() {
        int p = at;
        long value = 0;
        int significant = 0;
        while (p < length && isDigit(in[p])) {
            value = value * 10 + (in[p++] - '0');
            if (significant != 0 || value != 0) {
                significant += 1;
            }
        }
        LiteralClass literalClass = integerClass(value, significant);
        if (p < length && in[p] == '.' && (p == at || p + 1 >= length || in[p + 1] != '.')) {
            literalClass = LiteralClass.NUMERIC;
            p = digits(p + 1);
        }
        if (p < length && (in[p] | 0x20) == 'e') {
            int exponent = p + 1;
            if (exponent < length && (in[exponent] == '+' || in[exponent] == '-')) {
                exponent++;
            }
            if (exponent < length && isDigit(in[exponent])) {
                literalClass = LiteralClass.NUMERIC;
                p = digits(exponent);
            }
        }
        if (p < length && KIND[in[p] & 0xff] == CharacterTable.WORD) {
            literalClass = LiteralClass.OTHER;
            while (p < length && FOLD[in[p] & 0xff] != 0) {
                p++;
            }
        }
        return literal(literalClass, at, p, value);
    }

    private static LiteralClass integerClass(long value, int significant) {
        if (significant > 19 || value < 0) {
            return LiteralClass.NUMERIC;
        }
        if (value <= Integer.MAX_VALUE && significant <= 10) {
            return LiteralClass.INT4;
        }
        return LiteralClass.INT8;
    }

    private int digits(int from) {
        int p = from;
        while (p < length && isDigit(in[p])) {
            p++;
        }
        return p;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
