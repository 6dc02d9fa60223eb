package dev.sqlmem.upstream.jdbc;

import java.util.Collection;
import java.util.Set;

/**
 * What one role may read of one table, at the moment of asking.
 *
 * @param usable whether the role may use the schema and no row-level security is on the table
 * @param readable the attribute numbers of the columns that it may read
 * @param any whether it may read the table at all, which {@code count(*)} needs
 */
public record TableRights(boolean usable, Set<Integer> readable, boolean any) {

    /** The rights of a role that does not exist, or on a table that does not. */
    public static final TableRights NONE = new TableRights(false, Set.of(), false);

    public TableRights {
        readable = Set.copyOf(readable);
    }

    /** Returns whether a statement that touches exactly these columns passes the server's checks. */
    public boolean mayRead(Collection<Integer> attnums) {
        return usable && any && readable.containsAll(attnums);
    }
}
