package dev.sqlmem.cache.generation;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.storage.TypeCodec;

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

    /** The name of a column in table {@code t}: what it is compared and sorted by. */
    public static String columnName(ColumnDefinition column) {
        return "c" + column.attnum();
    }

    /** The name of the column in table {@code t} from which a column's values are written out. */
    public static String writtenName(ColumnDefinition column) {
        TypeCodec codec = column.codec();
        if (codec != null && codec.isKeyed()) {
            return wire(column).name;
        }
        return value(column).name;
    }

    static StoredColumn value(ColumnDefinition column) {
        return new StoredColumn(columnName(column), column, Role.VALUE);
    }

    static StoredColumn wire(ColumnDefinition column) {
        return new StoredColumn(columnName(column) + "w", column, Role.WIRE);
    }
}
