package dev.sqlmem.translate.type;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** PostgreSQL's rules for identifiers. */
public final class Identifiers {
    private static final int MAX_BYTES = 63;

    /** Keywords that are no column even where a table has one of that name, unless it is quoted. */
    private static final Set<String> RESERVED = Set.of(
            "all",
            "analyse",
            "analyze",
            "and",
            "any",
            "array",
            "as",
            "asc",
            "asymmetric",
            "both",
            "case",
            "cast",
            "check",
            "collate",
            "column",
            "constraint",
            "create",
            "current_catalog",
            "current_date",
            "current_role",
            "current_schema",
            "current_time",
            "current_timestamp",
            "current_user",
            "default",
            "deferrable",
            "desc",
            "distinct",
            "do",
            "else",
            "end",
            "except",
            "false",
            "fetch",
            "for",
            "foreign",
            "from",
            "grant",
            "group",
            "having",
            "in",
            "initially",
            "intersect",
            "into",
            "lateral",
            "leading",
            "limit",
            "localtime",
            "localtimestamp",
            "not",
            "null",
            "offset",
            "on",
            "only",
            "or",
            "order",
            "placing",
            "primary",
            "references",
            "returning",
            "select",
            "session_user",
            "some",
            "symmetric",
            "system_user",
            "table",
            "then",
            "to",
            "trailing",
            "true",
            "union",
            "unique",
            "user",
            "using",
            "variadic",
            "when",
            "where",
            "window",
            "with",
            "authorization",
            "binary",
            "collation",
            "concurrently",
            "cross",
            "freeze",
            "full",
            "ilike",
            "inner",
            "is",
            "isnull",
            "join",
            "left",
            "like",
            "natural",
            "notnull",
            "outer",
            "overlaps",
            "right",
            "similar",
            "tablesample",
            "verbose");

    private Identifiers() {}

    /** Returns the identifier as PostgreSQL means it: folded unless quoted. */
    public static String fold(String written) throws NotTranslatable {
        return fold(written, false);
    }

    /** Returns an output column's name; after AS any keyword can be one. */
    public static String foldLabel(String written, boolean afterAs) throws NotTranslatable {
        return fold(written, afterAs);
    }

    private static String fold(String written, boolean anyKeyword) throws NotTranslatable {
        String name;
        if (written.length() >= 2 && written.startsWith("\"") && written.endsWith("\"")) {
            name = written.substring(1, written.length() - 1).replace("\"\"", "\"");
        } else {
            name = lower(written);
            if (!anyKeyword && RESERVED.contains(name)) {
                throw new NotTranslatable("keyword " + name);
            }
        }
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new NotTranslatable("an identifier that PostgreSQL would cut");
        }
        return name;
    }

    /** Folds ASCII letters only, as PostgreSQL does in UTF-8 databases. */
    public static String lower(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }
}
