package dev.sqlmem.translate.query;

import org.jspecify.annotations.Nullable;

/**
 * A query that WITH has named, and those named before or further out.
 *
 * @param name the folded name
 * @param alias its name in the SQLite statement
 * @param query what it is, with its columns named
 */
record CommonTables(
        String name, String alias, Query query, @Nullable CommonTables others) {

    static @Nullable CommonTables find(@Nullable CommonTables from, String name) {
        CommonTables each = from;
        while (each != null && !each.name.equals(name)) {
            each = each.others;
        }
        return each;
    }
}
