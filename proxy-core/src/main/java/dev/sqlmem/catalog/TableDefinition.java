package dev.sqlmem.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One upstream relation, as the system catalogs describe it at one moment.
 *
 * @param oid the relation's OID
 * @param schema its schema
 * @param name its name
 * @param kind {@code pg_class.relkind}
 * @param columns its columns by rising attribute number, dropped ones left out
 * @param indexes the indexes that can be rebuilt over cached columns
 * @param estimatedRows {@code reltuples} over the relation and its partitions; negative where never analyzed
 * @param estimatedBytes the heap's size over the relation and its partitions
 * @param notCacheable why the relation is never cached (a view, row-level security ...), or null where it can be
 */
public record TableDefinition(
        long oid,
        String schema,
        String name,
        char kind,
        List<ColumnDefinition> columns,
        List<IndexDefinition> indexes,
        double estimatedRows,
        long estimatedBytes,
        @Nullable String notCacheable) {

    public TableDefinition {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
    }

    /** Returns the column with this name, or null where the table has none. */
    public @Nullable ColumnDefinition column(String columnName) {
        for (ColumnDefinition column : columns) {
            if (column.name().equals(columnName)) {
                return column;
            }
        }
        return null;
    }

    /** Returns the column with this attribute number, or the {@link OrderKey} with this one. */
    public ColumnDefinition column(int attnum) {
        ColumnDefinition column = find(attnum);
        if (column == null) {
            throw new IllegalArgumentException("no column " + attnum + " in " + qualifiedName());
        }
        return column;
    }

    /** The same; null where there is none. */
    public @Nullable ColumnDefinition find(int attnum) {
        for (ColumnDefinition column : columns) {
            if (column.attnum() == OrderKey.columnOf(attnum)) {
                if (!OrderKey.isOne(attnum)) {
                    return column;
                }
                if (OrderKey.isPossible(column)) {
                    return OrderKey.of(column);
                }
                return null;
            }
        }
        return null;
    }

    /** Returns {@code schema.name}, for people. */
    public String qualifiedName() {
        return schema + "." + name;
    }
}
