package dev.sqlmem.cache;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from OIDs to tables, with open addressing: a look-up is a few nanoseconds and no garbage,
 * a change copies it.
 */
final class TableIndex {
    static final TableIndex EMPTY = new TableIndex(List.of());

    private final @Nullable CachedTable[] slots;
    private final List<CachedTable> all;

    private TableIndex(List<CachedTable> all) {
        this.all = all;
        slots = new CachedTable[Integer.highestOneBit(Math.max(4, all.size() * 2)) * 2];
        for (CachedTable table : all) {
            int slot = slot(table.oid());
            while (slots[slot] != null) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = table;
        }
    }

    private int slot(long oid) {
        return (int) ((oid * 0x9E3779B97F4A7C15L) >>> 40) & (slots.length - 1);
    }

    @Nullable
    CachedTable find(long oid) {
        for (int slot = slot(oid); ; slot = (slot + 1) & (slots.length - 1)) {
            CachedTable table = slots[slot];
            if (table == null || table.oid() == oid) {
                return table;
            }
        }
    }

    List<CachedTable> all() {
        return all;
    }

    TableIndex with(CachedTable table) {
        CachedTable[] more = Arrays.copyOf(all.toArray(CachedTable[]::new), all.size() + 1);
        more[all.size()] = table;
        return new TableIndex(List.of(more));
    }

    TableIndex without(long oid) {
        return new TableIndex(all.stream().filter(table -> table.oid() != oid).toList());
    }
}
