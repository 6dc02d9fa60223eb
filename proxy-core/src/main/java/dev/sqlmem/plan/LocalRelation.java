package dev.sqlmem.plan;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.wire.type.Oid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The proxy's own tables and functions, with their columns: {@code name type, …}. */
public enum LocalRelation {
    TABLES(
            false,
            0,
            "schema text, name text, columns text, state text, reason text, rows int8, bytes int8, generation int8,"
                    + " loaded_at timestamptz, age_seconds int8, loads int8, hits int8, misses int8, indexes text,"
                    + " loading_rows int8, loading_bytes int8, progress text, freshness text, next_refresh timestamptz"),
    COLUMNS(false, 0, "schema text, table_name text, name text, type text, storage text, ordering text, bytes int8"),
    STATEMENTS(
            false,
            0,
            "shape text, route text, reason text, calls int8, hits int8, misses int8, rows int8, mean_micros int8,"
                    + " p99_micros int8, verified int8, mismatches int8"),
    SESSIONS(
            false,
            0,
            "pid int8, role text, database text, client text, state text, upstream text, since timestamptz,"
                    + " statements int8"),
    STATS(false, 0, "name text, value int8"),
    SETTINGS(false, 0, "name text, value text, source text"),
    EXPLAIN(true, 1, "name text, value text"),
    INVALIDATE(true, 1, "invalidate int8"),
    INVALIDATE_ALL(true, 0, "invalidate_all int8"),
    REFRESH(true, 1, "refresh text"),
    BACKUP(true, 0, "backup text");

    /** The schema that no upstream table is looked for in. */
    public static final String SCHEMA = "sqlmem";

    private final boolean function;
    private final int arguments;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable parts
    private final TableDefinition table;

    LocalRelation(boolean function, int arguments, String columns) {
        this.function = function;
        this.arguments = arguments;
        this.table = table(label(), columns);
    }

    /** How many arguments it takes as a function; tables take none. */
    public int arguments() {
        return arguments;
    }

    /** Whether it is called, not read. */
    public boolean isFunction() {
        return function;
    }

    /** Its columns as a table of OID 0. */
    public TableDefinition table() {
        return table;
    }

    /** Its name in SQL. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a relation by its folded name. */
    public static @Nullable LocalRelation named(String name) {
        for (LocalRelation relation : values()) {
            if (relation.label().equals(name)) {
                return relation;
            }
        }
        return null;
    }

    private static TableDefinition table(String name, String columns) {
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (String column : columns.split(", ", -1)) {
            String[] parts = column.trim().split(" ", -1);
            int type = switch (parts[1]) {
                case "text" -> Oid.TEXT;
                case "int8" -> Oid.INT8;
                case "timestamptz" -> Oid.TIMESTAMPTZ;
                default -> throw new IllegalStateException(parts[1]);
            };
            definitions.add(new ColumnDefinition(
                    definitions.size() + 1,
                    parts[0],
                    type,
                    parts[1],
                    -1,
                    false,
                    type == Oid.TEXT ? TextOrder.CODE_POINT : TextOrder.NOT_TEXT,
                    null));
        }
        return new TableDefinition(0, SCHEMA, name, 'r', definitions, List.of(), 0, 0, null);
    }
}
