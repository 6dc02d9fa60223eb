package dev.sqlmem.translate.query;

import dev.sqlmem.translate.type.Sql;

/** A clause for both sides; empty where the statement has none. */
record Clause(Sql sql, String source) {
    static final Clause NONE = new Clause(Sql.text(""), "");

    boolean isThere() {
        return !source.isEmpty();
    }
}
