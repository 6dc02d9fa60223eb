package dev.sqlmem.catalog;

import dev.sqlmem.storage.StorageClass;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.storage.TypeTraits;
import java.util.Collection;
import java.util.List;

/**
 * The order of a text column whose collation only the server knows, as a column of its own: the place of each
 * value among the column's distinct values, counted from 1, as the server sorts them; null for null.
 *
 * <p>It is wanted, loaded, refused and stored like any column, under a number that no attribute has
 * (PostgreSQL's end at 1600). Two rows of one load have the same key where their values are equal, and the
 * lesser key where their value is less. Keys of different loads say nothing of each other.
 */
public final class OrderKey {
    /** With more different values than this the sort is more than the server should be asked for. */
    public static final int MOST = 5_000_000;

    private static final int OFFSET = 2048;
    private static final int INT8 = 20;

    private OrderKey() {}

    /** The number of the column's key. */
    public static int attnum(ColumnDefinition column) {
        return column.attnum() + OFFSET;
    }

    /** Whether this is the number of a key. */
    public static boolean isOne(int attnum) {
        return attnum > OFFSET;
    }

    /** The number of the column that this is the key of; a column's own number is returned as it is. */
    public static int columnOf(int attnum) {
        if (isOne(attnum)) {
            return attnum - OFFSET;
        }
        return attnum;
    }

    /** The columns that these are or are the keys of, each once. */
    public static List<Integer> columnsOf(Collection<Integer> attnums) {
        return attnums.stream().map(OrderKey::columnOf).distinct().toList();
    }

    /** Whether there can be a key: equality is bytewise, the order the server's own, by something that has a version. */
    public static boolean isPossible(ColumnDefinition column) {
        TypeCodec codec = column.codec();
        return column.order() == TextOrder.UNKNOWN
                && !column.collationVersion().isEmpty()
                && codec != null
                && codec.storage() == StorageClass.TEXT
                && codec.comparison() == TypeCodec.Comparison.ORDERED;
    }

    /** The key of a column for which there can be one. */
    public static ColumnDefinition of(ColumnDefinition column) {
        return new ColumnDefinition(
                attnum(column),
                column.name(),
                INT8,
                "bigint",
                -1,
                column.notNull(),
                TypeTraits.BUILT_IN,
                TextOrder.NOT_TEXT,
                column.collation(),
                column.collationVersion(),
                column.plainCase(),
                column.notCacheable());
    }
}
