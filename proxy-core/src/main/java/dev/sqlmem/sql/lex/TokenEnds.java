package dev.sqlmem.sql.lex;

import java.util.Arrays;

/** Finds where comments, continued strings and dollar quotes end in the bytes of a query. */
public final class TokenEnds {

    private TokenEnds() {}

    /** Returns the offset of the line's end. */
    public static int endOfLine(byte[] in, int from, int length) {
        int p = from;
        while (p < length && in[p] != '\n' && in[p] != '\r') {
            p++;
        }
        return p;
    }

    /** Returns the offset after the block comment whose inside starts at {@code from}, or -1 where it has no end. */
    public static int endOfBlock(byte[] in, int from, int length) {
        int depth = 1;
        int p = from;
        while (p + 1 < length) {
            if (in[p] == '*' && in[p + 1] == '/') {
                p += 2;
                if (--depth == 0) {
                    return p;
                }
            } else if (in[p] == '/' && in[p + 1] == '*') {
                depth++;
                p += 2;
            } else {
                p++;
            }
        }
        return -1;
    }

    /**
     * Returns the offset of the quote that continues a string closed before {@code from}, or -1: strings
     * with nothing but white space, at least one line end and line comments between them are one.
     */
    public static int continuation(byte[] in, int from, int length) {
        boolean lineEnded = false;
        int p = from;
        while (p < length) {
            byte b = in[p];
            if (b == '\n' || b == '\r') {
                lineEnded = true;
                p++;
            } else if (b == ' ' || b == '\t' || b == '\f' || b == 0x0b) {
                p++;
            } else if (b == '-' && p + 1 < length && in[p + 1] == '-') {
                p = endOfLine(in, p + 2, length);
            } else {
                if (b == '\'' && lineEnded) {
                    return p;
                }
                return -1;
            }
        }
        return -1;
    }

    /** Returns the offset after the opening {@code $tag$} at {@code from}, or -1 where there is none. */
    public static int dollarTag(byte[] in, int from, int length) {
        for (int p = from + 1; p < length; p++) {
            if (in[p] == '$') {
                return p + 1;
            }
            byte kind = CharacterTable.KIND[in[p] & 0xff];
            if (kind != CharacterTable.WORD && (kind != CharacterTable.DIGIT || p == from + 1)) {
                return -1;
            }
        }
        return -1;
    }

    /** Returns the offset after the closing twin of the tag at {@code from} to {@code tagEnd}, or -1. */
    public static int dollarEnd(byte[] in, int from, int tagEnd, int length) {
        int size = tagEnd - from;
        for (int p = tagEnd; p + size <= length; p++) {
            if (in[p] == '$' && Arrays.equals(in, from, tagEnd, in, p, p + size)) {
                return p + size;
            }
        }
        return -1;
    }
}
