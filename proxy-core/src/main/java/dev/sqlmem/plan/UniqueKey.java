package dev.sqlmem.plan;

import dev.sqlmem.cache.generation.Generation;
import java.util.List;
import java.util.Set;

/**
 * Columns in which no two rows of a table agree. The definition says so; whether it is true of the rows,
 * inherited ones included, each generation knows.
 */
public record UniqueKey(long tableOid, Set<Integer> attnums) {
    public UniqueKey {
        attnums = Set.copyOf(attnums);
    }

    boolean holds(List<Generation> generations) {
        for (Generation generation : generations) {
            if (generation.table().oid() == tableOid) {
                return generation.uniqueOn(attnums);
            }
        }
        return false;
    }
}
