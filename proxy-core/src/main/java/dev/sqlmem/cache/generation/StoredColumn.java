package dev.sqlmem.cache.generation;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.storage.StorageClass;
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

    /**
     * The type that it is declared with, which gives comparisons with it their affinity ("Datatypes In SQLite",
     * "Type Conversions Prior To Comparison").
     *
     * <p>An index is of use for an equality only where its column has the affinity of the comparison. Beside a
     * primary key, which is INTEGER and can be nothing else, a column of integers must therefore be INTEGER: as
     * ANY it would be searched row by row. All values of a column are of the declared class already, so nothing
     * is ever converted; a STRICT table refuses what is not. Floating-point values are the exception: NaN is a
     * text and a REAL column would drop the sign of a zero, so they have no affinity, and as they are compared
     * with each other only, none is missed.
     */
    String declared() {
        TypeCodec codec = of.codec();
        if (codec == null) {
            throw new IllegalStateException("no codec for " + of);
        }
        if (role == Role.WIRE) {
            return "BLOB";
        }
        StorageClass values = codec.storage();
        return switch (values) {
            case INTEGER -> "INTEGER";
            case TEXT -> "TEXT";
            case BLOB -> "BLOB";
            case REAL -> "ANY";
        };
    }
}
