package dev.sqlmem.plan;

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
 */
record Relation(String name, String alias, @Nullable TableDefinition table, List<ScopeColumn> columns) {

    Relation {
        columns = List.copyOf(columns);
    }

    Relation nullable() {
        return new Relation(
                name, alias, table, columns.stream().map(ScopeColumn::nullable).toList());
    }
}
