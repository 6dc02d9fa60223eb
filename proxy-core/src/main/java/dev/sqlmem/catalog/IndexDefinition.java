package dev.sqlmem.catalog;

import java.util.List;

/**
 * A valid, non-partial btree index over plain columns.
 *
 * @param name the index's name upstream
 * @param unique whether it allows no two equal rows (rows with nulls aside)
 * @param primary whether it is the primary key's
 * @param attnums the key columns in index order
 */
public record IndexDefinition(String name, boolean unique, boolean primary, List<Integer> attnums) {

    public IndexDefinition {
        attnums = List.copyOf(attnums);
    }
}
