package dev.sqlmem.upstream.jdbc;

/** Finds the {@code $n} of a statement, as PostgreSQL's lexer does with standard_conforming_strings on. */
final class Placeholders {

    private final String sql;
    private int position;

    private Placeholders(String sql) {
        this.sql = sql;
    }

    /** Returns the highest parameter number, or 0; a number too large for the protocol counts as 65536. */
    static int highest(String sql) {
        return new Placeholders(sql).scan();
    }

    private int scan() {
        int highest = 0;
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (c == '\'') {
                skipQuoted('\'', false);
            } else if (c == '"') {
                skipQuoted('"', false);
            } else if (sql.startsWith("--", position)) {
                skipLine();
            } else if (sql.startsWith("/*", position)) {
                skipComment();
            } else if (c == '$') {
                highest = Math.max(highest, dollar());
            } else if (isIdentifierStart(c)) {
                identifier();
            } else {
                position++;
            }
        }
        return highest;
    }

    private void skipQuoted(char quote, boolean backslashes) {
        position++;
        while (position < sql.length()) {
            char c = sql.charAt(position++);
            if (c == '\\' && backslashes) {
                position++;
            } else if (c == quote) {
                // A doubled quote ends here and starts again, which skips the same text.
                return;
            }
        }
    }

    private void skipLine() {
        while (position < sql.length() && sql.charAt(position) != '\n' && sql.charAt(position) != '\r') {
            position++;
        }
    }

    private void skipComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (sql.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0 && position < sql.length());
    }

    private void identifier() {
        int start = position;
        while (position < sql.length()
                && (isIdentifierStart(sql.charAt(position))
                        || isDigit(sql.charAt(position))
                        || sql.charAt(position) == '$')) {
            position++;
        }
        boolean escapes = position == start + 1 && (sql.charAt(start) == 'e' || sql.charAt(start) == 'E');
        if (escapes && position < sql.length() && sql.charAt(position) == '\'') {
            skipEscapeString();
        }
    }

    private void skipEscapeString() {
        do {
            skipQuoted('\'', true);
        } while (position < sql.length() && sql.charAt(position) == '\'');
    }

    /** Reads {@code $n}, or skips a dollar-quoted string. */
    private int dollar() {
        int start = position++;
        while (position < sql.length() && isDigit(sql.charAt(position))) {
            position++;
        }
        if (position > start + 1) {
            String digits = sql.substring(start + 1, position);
            if (digits.length() > 5) {
                return 65_536;
            }
            return Integer.parseInt(digits);
        }
        while (position < sql.length() && (isIdentifierStart(sql.charAt(position)) || isDigit(sql.charAt(position)))) {
            position++;
        }
        if (position < sql.length() && sql.charAt(position) == '$') {
            String tag = sql.substring(start, ++position);
            int end = sql.indexOf(tag, position);
            if (end < 0) {
                position = sql.length();
            } else {
                position = end + tag.length();
            }
        } else {
            position = start + 1;
        }
        return 0;
    }

    private static boolean isIdentifierStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
