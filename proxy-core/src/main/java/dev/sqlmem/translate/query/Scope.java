package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.translate.type.Identifiers;
import dev.sqlmem.translate.type.NotTranslatable;
import java.util.List;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * The names that the expressions of one query can use: the relations of its FROM clause, and those of the
 * queries around it (manual, "Table Expressions").
 *
 * @param relations what columns can be qualified by
 * @param columns what bare names mean, and {@code *} expands to, in order
 * @param outer the scope of the query around this one
 */
record Scope(
        List<Relation> relations,
        List<ScopeColumn> columns,
        @Nullable Scope outer) {
    static final Scope NOTHING = new Scope(List.of(), List.of(), null);

    Scope {
        relations = List.copyOf(relations);
        columns = List.copyOf(columns);
    }

    /** The words for the only table that can be meant, if there is one. */
    String among() {
        TableDefinition only;
        if (relations.size() == 1) {
            only = relations.get(0).table();
        } else {
            only = null;
        }
        if (only == null) {
            return "";
        }
        return " in " + only.qualifiedName();
    }

    /** Returns the table's column of this query that a written column means, or null. */
    ScopeColumn.@Nullable OfTable origin(Column written) throws NotTranslatable {
        ScopeColumn found = find(written);
        if (found == null) {
            return null;
        }
        return found.origin();
    }

    /** Returns the column of this query that a written one means, or null. */
    @Nullable
    ScopeColumn find(Column written) throws NotTranslatable {
        String name = Identifiers.fold(written.getColumnName());
        if (isBare(written)) {
            return bare(name);
        }
        return qualified(written.getTable(), name);
    }

    /** Whether a written column is one of this query's own. */
    boolean knows(Column written) throws NotTranslatable {
        return find(written) != null;
    }

    /** Whether a bare name is one of an input column. */
    boolean has(String name) {
        return columns.stream().anyMatch(column -> column.name().equals(name));
    }

    private @Nullable ScopeColumn bare(String name) throws NotTranslatable {
        return single(columns, name);
    }

    private @Nullable ScopeColumn qualified(Table qualifier, String name) throws NotTranslatable {
        Relation relation = relation(qualifier);
        if (relation == null) {
            return null;
        }
        ScopeColumn found = single(relation.columns(), name);
        if (found == null) {
            throw new NotTranslatable("42703", "no column " + name + " in " + qualifier.getFullyQualifiedName());
        }
        return found;
    }

    /** Returns the relation of this query that a qualifier means, or null. */
    @Nullable
    Relation relation(Table qualifier) throws NotTranslatable {
        int parts = qualifier.getNameParts().size();
        if (parts > 2) {
            throw new NotTranslatable("a name with a database");
        }
        String name = Identifiers.fold(qualifier.getName());
        String schema;
        if (parts == 1) {
            schema = null;
        } else {
            schema = Identifiers.fold(qualifier.getSchemaName());
        }
        Relation found = null;
        for (Relation each : relations) {
            if (schema == null ? each.name().equals(name) : each.isTable(schema, name)) {
                if (found != null) {
                    throw new NotTranslatable("several relations named " + name);
                }
                found = each;
            }
        }
        return found;
    }

    private static @Nullable ScopeColumn single(List<ScopeColumn> columns, String name) throws NotTranslatable {
        ScopeColumn found = null;
        for (ScopeColumn each : columns) {
            if (each.name().equals(name)) {
                if (found != null) {
                    throw new NotTranslatable("42702", "an ambiguous name " + name);
                }
                found = each;
            }
        }
        return found;
    }

    /** Whether the name stands alone, so that it may also mean an output column. */
    static boolean isBare(Column column) {
        return column.getTable() == null || column.getTable().getName() == null;
    }
}
