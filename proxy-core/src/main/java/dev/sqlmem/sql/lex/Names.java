package dev.sqlmem.sql.lex;

import java.nio.charset.StandardCharsets;

/** Identifiers as PostgreSQL stores them: folded, cut to 63 bytes, Unicode escapes resolved. */
public final class Names {

    private static final int MAX_BYTES = 63;

    private Names() {}

    /** Folds ASCII letters only; Java's own folding would change others. */
    public static String fold(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
                return foldFrom(name, i);
            }
        }
        return name;
    }

    private static String foldFrom(String name, int from) {
        char[] folded = name.toCharArray();
        for (int i = from; i < folded.length; i++) {
            if (folded[i] >= 'A' && folded[i] <= 'Z') {
                folded[i] = (char) (folded[i] + 32);
            }
        }
        return new String(folded);
    }

    static String truncate(String name) {
        if (name.length() * 3 <= MAX_BYTES) {
            return name;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return name;
        }
        int end = MAX_BYTES;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** Resolves {@code \XXXX} and {@code \+XXXXXX} of a {@code U&"…"} that starts at {@code position}. */
    static String unescape(String name, char escape, int position) {
        if (Lexer.isSpace(escape) || "'\"+".indexOf(escape) >= 0 || Character.digit(escape, 16) >= 0) {
            throw new LexException("invalid Unicode escape character", position);
        }
        StringBuilder value = new StringBuilder(name.length());
        int p = 0;
        while (p < name.length()) {
            char c = name.charAt(p++);
            if (c != escape) {
                value.append(c);
            } else if (p < name.length() && name.charAt(p) == escape) {
                value.append(escape);
                p++;
            } else {
                boolean six = p < name.length() && name.charAt(p) == '+';
                int from;
                if (six) {
                    from = p + 1;
                } else {
                    from = p;
                }
                p = from + (six ? 6 : 4);
                value.appendCodePoint(hex(name, from, p, position));
            }
        }
        return value.toString();
    }

    private static int hex(String name, int from, int to, int position) {
        int codePoint = 0;
        for (int i = from; i < to; i++) {
            int digit;
            if (i < name.length()) {
                digit = Character.digit(name.charAt(i), 16);
            } else {
                digit = -1;
            }
            if (digit < 0 || name.charAt(i) >= 0x80) {
                throw new LexException("invalid Unicode escape", position);
            }
            codePoint = codePoint * 16 + digit;
        }
        if (codePoint == 0 || codePoint > Character.MAX_CODE_POINT) {
            throw new LexException("invalid Unicode escape value", position);
        }
        return codePoint;
    }
}
