package dev.sqlmem.sql.classify;

import dev.sqlmem.catalog.TableName;

/**
 * A dotted name in a statement.
 *
 * @param table its last two parts
 * @param parts how many parts it has
 * @param last the index of its last token
 */
record QualifiedName(TableName table, int parts, int last) {

    /** Reads the name that starts at a name token. */
    static QualifiedName at(TokenCursor phrase, int index) {
        int last = index;
        int parts = 1;
        while (phrase.symbol(last + 1, ".") && phrase.name(last + 2)) {
            last += 2;
            parts++;
        }
        String schema;
        if (parts > 1) {
            schema = phrase.value(last - 2);
        } else {
            schema = null;
        }
        return new QualifiedName(new TableName(schema, phrase.value(last)), parts, last);
    }
}
