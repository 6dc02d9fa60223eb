package dev.sqlmem.sql.classify;

import dev.sqlmem.catalog.TableName;
import java.util.Set;

/**
 * Tells the server's own relations from the user's.
 *
 * @param relations the names of all relations in {@code pg_catalog}, which every search path contains
 */
public record CatalogNames(Set<String> relations) {

    private static final Set<String> SCHEMAS = Set.of("pg_catalog", "information_schema", "pg_toast");

    public CatalogNames {
        relations = Set.copyOf(relations);
    }

    /** Whether the name means a system catalog or a view over catalogs. */
    public boolean contains(TableName name) {
        String schema = name.schema();
        if (schema == null) {
            return relations.contains(name.name());
        }
        return SCHEMAS.contains(schema);
    }
}
