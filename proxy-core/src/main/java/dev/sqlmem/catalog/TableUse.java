package dev.sqlmem.catalog;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A table that a statement reads, once however often it names it, and the columns it needs. Immutable. */
public final class TableUse {
    private final TableDefinition table;
    private final int[] attnums;

    /** @param attnums the attribute numbers of the columns; none where only the rows count */
    public TableUse(TableDefinition table, Collection<Integer> attnums) {
        this.table = table;
        this.attnums = attnums.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    public TableDefinition table() {
        return table;
    }

    public long oid() {
        return table.oid();
    }

    /** The attribute numbers by rising value; shared, not to be changed. */
    public int[] attnums() {
        return attnums;
    }

    /** The same, boxed. */
    public List<Integer> attnumList() {
        return Arrays.stream(attnums).boxed().toList();
    }

    @Override
    public String toString() {
        return table.qualifiedName() + Arrays.toString(attnums);
    }
}
