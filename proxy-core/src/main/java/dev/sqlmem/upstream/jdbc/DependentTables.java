package dev.sqlmem.upstream.jdbc;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables whose rows a write to one table can change.
 *
 * @param oids their OIDs, the written one's included; empty where it could be any table
 * @param code the functions that such a write runs, other than the server's own, by their OIDs, each with where
 *     it is used: unless they write nothing, it could be any table as well
 * @param everythingBecause why it could be any table, or null where {@code oids} has them all
 */
public record DependentTables(
        Set<Long> oids, Map<Long, String> code, @Nullable String everythingBecause) {

    public DependentTables {
        oids = Set.copyOf(oids);
        code = Map.copyOf(code);
    }

    /** A write that can reach any table. */
    public static DependentTables everything(String reason) {
        return new DependentTables(Set.of(), Map.of(), reason);
    }

    /** Returns whether the write can reach any table. */
    public boolean isEverything() {
        return everythingBecause != null;
    }
}
