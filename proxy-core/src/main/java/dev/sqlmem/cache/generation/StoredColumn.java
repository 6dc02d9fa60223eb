package dev.sqlmem.cache.generation;

import dev.sqlmem.catalog.ColumnDefinition;

/**
 * One column of table {@code t} in SQLite.
 *
 * @param name its name there
 * @param of the upstream's column that it holds something of
 * @param role what it holds of it
 */
public record StoredColumn(String name, ColumnDefinition of, Role role) {

    /** What a column of SQLite holds. */
    public enum Role {
        /** The value, or the key by which it is compared: {@code c<attnum>}. */
        VALUE,
        /** The value's wire bytes, where {@code VALUE} is a key only: {@code c<attnum>w}. */
        WIRE
    }

    static StoredColumn value(ColumnDefinition column) {
        return new StoredColumn(Generation.columnName(column), column, Role.VALUE);
    }

    static StoredColumn wire(ColumnDefinition column) {
        return new StoredColumn(Generation.columnName(column) + "w", column, Role.WIRE);
    }
}
