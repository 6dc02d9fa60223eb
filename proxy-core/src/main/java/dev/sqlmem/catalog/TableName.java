package dev.sqlmem.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A table's name as a statement writes it, already folded as PostgreSQL folds identifiers.
 *
 * @param schema the schema, or null where the search path decides
 * @param name the relation's name
 */
public record TableName(@Nullable String schema, String name) {

    @Override
    public String toString() {
        if (schema == null) {
            return name;
        }
        return schema + "." + name;
    }
}
