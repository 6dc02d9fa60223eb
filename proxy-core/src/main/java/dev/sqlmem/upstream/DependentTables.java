package dev.sqlmem.upstream;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables whose rows a write to one table can change.
 *
 * @param oids their OIDs, the written one's included; empty where it could be any table
 * @param everythingBecause why it could be any table, or null where {@code oids} has them all
 */
public record DependentTables(Set<Long> oids, @Nullable String everythingBecause) {

    public DependentTables {
        oids = Set.copyOf(oids);
    }

    static DependentTables everything(String reason) {
        return new DependentTables(Set.of(), reason);
    }

    /** Returns whether the write can reach any table. */
    public boolean isEverything() {
        return everythingBecause != null;
    }
}
