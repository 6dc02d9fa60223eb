package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.TableDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation of a FROM clause.
 *
 * @param name the folded name by which columns are qualified
 * @param alias its name in the SQLite statement
 * @param table the table that it is, or null
 * @param columns its columns in order
 * @param aliased whether the statement gives it a name, by which alone columns can be qualified then
 */
record Relation(
        String name, String alias, @Nullable TableDefinition table, List<ScopeColumn> columns, boolean aliased) {

    Relation {
        columns = List.copyOf(columns);
    }

    Relation nullable() {
        return new Relation(
                name, alias, table, columns.stream().map(ScopeColumn::nullable).toList(), aliased);
    }

    /** Whether a name with a schema means it: then it is a table that stands there by its own name. */
    boolean isTable(String schema, String tableName) {
        return !aliased
                && table != null
                && table.schema().equals(schema)
                && table.name().equals(tableName);
    }
}
