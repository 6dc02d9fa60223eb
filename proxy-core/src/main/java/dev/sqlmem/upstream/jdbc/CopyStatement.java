package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.storage.TypeCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * The COPY that reads columns and order keys of a table.
 *
 * <p>The server makes the keys in the same statement, so that they are of the same snapshot as the values: it
 * sorts the distinct values by the column's own collation and joins their places to the rows. Whether a value
 * has found its key is for the reader to check.
 *
 * @param fields how many fields a row has
 */
record CopyStatement(String sql, int fields) {

    /** A limit that is no constant makes the planner expect few keys, so that it hashes them and not the table. */
    private static final String KEYS = """
             LEFT JOIN (SELECT d.value, pg_catalog.row_number() OVER (ORDER BY d.value) AS place
            FROM (SELECT DISTINCT %1$s AS value FROM %2$s AS t) AS d LIMIT (SELECT MOST)) AS %3$s
            ON %1$s = %3$s.value""".replace("MOST", String.valueOf(OrderKey.MOST + 1L));

    /** Names are quoted, columns qualified, and operators found in {@code pg_catalog}, the sessions' search path. */
    static CopyStatement of(TableDefinition table, List<ColumnDefinition> columns) {
        String name = NameResolution.quoted(table.schema(), table.name());
        List<String> fields = new ArrayList<>();
        StringBuilder from = new StringBuilder(name).append(" AS t");
        for (ColumnDefinition column : columns) {
            String value = "t." + NameResolution.quoted(column.name());
            if (OrderKey.isOne(column.attnum())) {
                String keys = "k" + column.attnum();
                fields.add(keys + ".place");
                from.append(KEYS.formatted(value, name, keys));
                continue;
            }
            fields.add(value);
            TypeCodec codec = column.codec();
            if (codec != null && codec.needsText()) {
                fields.add("pg_catalog.concat(" + value + ")"); // the type's output function, which a cast may not be
            }
        }
        return new CopyStatement(
                "COPY (SELECT " + String.join(", ", fields) + " FROM " + from + ") TO STDOUT (FORMAT binary)",
                fields.size());
    }

    /** Whether it reads order keys, for which the server sorts and joins. */
    static boolean isJoin(List<ColumnDefinition> columns) {
        return columns.stream().anyMatch(column -> OrderKey.isOne(column.attnum()));
    }
}
