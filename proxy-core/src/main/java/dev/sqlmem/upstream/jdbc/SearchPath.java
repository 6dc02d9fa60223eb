package dev.sqlmem.upstream.jdbc;

import java.util.ArrayList;
import java.util.List;

/** Reads a {@code search_path} value, as PostgreSQL's SplitIdentifierString does in a UTF-8 database. */
final class SearchPath {

    private SearchPath() {}

    /**
     * Returns the schema names of a list whose {@code "$user"} is resolved already.
     *
     * @throws IllegalArgumentException where it is no such list
     */
    static List<String> schemas(String searchPath) {
        List<String> names = new ArrayList<>();
        int i = skipSpace(searchPath, 0);
        while (i < searchPath.length()) {
            StringBuilder name = new StringBuilder();
            if (searchPath.charAt(i) == '"') {
                i = quoted(searchPath, i + 1, name);
            } else {
                i = plain(searchPath, i, name);
            }
            if (name.toString().equals("$user")) {
                throw new IllegalArgumentException("\"$user\" in a search path means the service account here");
            }
            names.add(name.toString());
            i = skipSpace(searchPath, i);
            if (i < searchPath.length()) {
                if (searchPath.charAt(i) != ',') {
                    throw new IllegalArgumentException("not a search path: " + searchPath);
                }
                i = skipSpace(searchPath, i + 1);
            }
        }
        return names;
    }

    private static int quoted(String text, int from, StringBuilder name) {
        int i = from;
        while (i < text.length()) {
            if (text.charAt(i) != '"') {
                name.append(text.charAt(i++));
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                name.append('"');
                i += 2;
            } else {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("not a search path: " + text);
    }

    private static int plain(String text, int from, StringBuilder name) {
        int i = from;
        while (i < text.length() && text.charAt(i) != ',' && !isSpace(text.charAt(i))) {
            i++;
        }
        if (i == from) {
            throw new IllegalArgumentException("not a search path: " + text);
        }
        for (char c : text.substring(from, i).toCharArray()) {
            if (c >= 'A' && c <= 'Z') {
                name.append((char) (c | 0x20));
            } else {
                name.append(c);
            }
        }
        return i;
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
