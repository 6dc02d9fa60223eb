package dev.sqlmem.cache.generation;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.storage.TypeCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How some columns of a table are laid out in SQLite.
 *
 * <p>Columns are declared in a STRICT table with the class of their values ({@link StoredColumn#declared}), so
 * that SQLite converts nothing. A primary key of one integer column becomes the rowid: rows are found by it in
 * one descent, and it takes no space of its own.
 * {@link #stored()} tells all columns of SQLite and what each holds. {@link OrderKey}s are columns among the others.
 *
 * @param columns by rising attribute number
 * @param rowid the attribute number of the column that is the rowid, 0 for none
 */
public record TableLayout(TableDefinition table, List<ColumnDefinition> columns, int rowid) {
    private static final int INT8 = 20;
    private static final int INT2 = 21;
    private static final int INT4 = 23;

    /** An index to build; without a name where none upstream has these columns. */
    record Index(String name, boolean unique, List<Integer> attnums) {}

    /**
     * @param unique whether the table's keys may be trusted to be unique; not for a table whose children
     *     turned out to repeat them
     */
    public static TableLayout of(TableDefinition table, Set<Integer> attnums, boolean unique) {
        List<ColumnDefinition> columns = attnums.stream()
                .flatMap(attnum -> Stream.of(OrderKey.columnOf(attnum), attnum)) // a key is nothing without its column
                .distinct()
                .map(attnum -> table.column((int) attnum))
                .sorted(Comparator.comparingInt(ColumnDefinition::attnum))
                .toList();
        int rowid = 0;
        if (unique && table.kind() == 'r') {
            for (IndexDefinition index : table.indexes()) {
                if (index.primary()
                        && index.attnums().size() == 1
                        && attnums.contains(index.attnums().get(0))
                        && isInteger(table.column((int) index.attnums().get(0)))) {
                    rowid = index.attnums().get(0);
                }
            }
        }
        return new TableLayout(table, columns, rowid);
    }

    private static boolean isInteger(ColumnDefinition column) {
        return column.notNull() && (column.typeOid() == INT4 || column.typeOid() == INT8 || column.typeOid() == INT2);
    }

    /** All columns of table {@code t} in their order. */
    List<StoredColumn> stored() {
        List<StoredColumn> stored = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            stored.add(StoredColumn.value(column));
            TypeCodec codec = column.codec();
            if (codec != null && codec.isKeyed()) {
                stored.add(StoredColumn.wire(column));
            }
        }
        return stored;
    }

    /** An index over values that only the server compares is of no use here, and may not be unique. */
    private static boolean isComparable(ColumnDefinition column) {
        TypeCodec codec = column.codec();
        return codec != null && codec.comparison() != TypeCodec.Comparison.NONE;
    }

    String createTable() {
        return stored().stream()
                .map(each -> each.name() + " " + each.declared() + (each.of().attnum() == rowid ? " PRIMARY KEY" : ""))
                .collect(Collectors.joining(", ", "CREATE TABLE t (", ") STRICT"));
    }

    String insert() {
        return IntStream.rangeClosed(1, stored().size())
                .mapToObj(i -> "?" + i)
                .collect(Collectors.joining(", ", "INSERT INTO t VALUES (", ")"));
    }

    /**
     * The indexes to build: those whose columns are all cached, and the leading part of the others where it
     * is not the start of another index. The rowid needs none.
     */
    List<Index> indexes() {
        List<Index> whole = new ArrayList<>();
        List<Index> partial = new ArrayList<>();
        for (IndexDefinition index : table.indexes()) {
            List<Integer> prefix = index.attnums().stream()
                    .takeWhile(attnum ->
                            columns.stream().anyMatch(column -> column.attnum() == attnum && isComparable(column)))
                    .toList();
            if (prefix.size() == index.attnums().size()) {
                whole.add(new Index(index.name(), index.unique(), prefix));
            } else if (!prefix.isEmpty()) {
                partial.add(new Index(index.name(), false, prefix));
            }
        }
        partial.sort(
                Comparator.comparingInt((Index index) -> index.attnums().size()).reversed());
        List<Index> chosen = new ArrayList<>();
        for (List<Index> candidates : List.of(whole, partial)) {
            for (Index index : candidates) {
                if (!index.attnums().equals(List.of(rowid)) && isNew(index, chosen)) {
                    chosen.add(index);
                }
            }
        }
        addOrdered(chosen);
        return chosen;
    }

    /**
     * Adds indexes for the columns that have order keys: the upstream's once more with the keys in the columns'
     * places, one that finds the key of a value, and one that gives the values in order.
     */
    private void addOrdered(List<Index> chosen) {
        List<Integer> keys = columns.stream()
                .map(ColumnDefinition::attnum)
                .filter(OrderKey::isOne)
                .toList();
        List<Index> more = new ArrayList<>();
        for (Index index : chosen) {
            List<Integer> ordered = index.attnums().stream()
                    .map(attnum -> keys.contains(OrderKey.attnum(table.column((int) attnum)))
                            ? OrderKey.attnum(table.column((int) attnum))
                            : attnum)
                    .toList();
            if (!ordered.equals(index.attnums())) {
                more.add(new Index("", false, ordered));
            }
        }
        for (int key : keys) {
            more.add(new Index("", false, List.of(key)));
            more.add(new Index("", false, List.of(OrderKey.columnOf(key))));
        }
        more.sort(
                Comparator.comparingInt((Index index) -> index.attnums().size()).reversed());
        for (Index index : more) {
            if (isNew(index, chosen)) {
                chosen.add(index);
            }
        }
    }

    private static boolean isNew(Index index, List<Index> chosen) {
        int size = index.attnums().size();
        return chosen.stream()
                .noneMatch(other ->
                        (!index.unique() || (other.unique() && other.attnums().size() == size))
                                && other.attnums().size() >= size
                                && other.attnums().subList(0, size).equals(index.attnums()));
    }

    static String createIndex(Index index, boolean unique, int number) {
        return index.attnums().stream()
                .map(attnum -> "c" + attnum)
                .collect(Collectors.joining(
                        ", ", "CREATE " + (unique ? "UNIQUE " : "") + "INDEX i" + number + " ON t (", ")"));
    }
}
