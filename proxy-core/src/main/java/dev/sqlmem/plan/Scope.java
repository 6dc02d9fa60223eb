package dev.sqlmem.plan;

import dev.sqlmem.cache.Generation;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** The names that a statement over one table can use, and what they are for SQLite. */
final class Scope {
    /** The table's name in SQLite. */
    static final String RELATION = "t";

    private final TableDefinition table;
    private final @Nullable String alias;

    /** Creates the scope; {@code alias} is the folded name that stands for the table, where one is given. */
    Scope(TableDefinition table, @Nullable String alias) {
        this.table = table;
        this.alias = alias;
    }

    TableDefinition table() {
        return table;
    }

    ColumnDefinition resolve(Column column) throws NotTranslatable {
        if (column.getArrayConstructor() != null || column.getCommentText() != null) {
            throw new NotTranslatable("a subscript");
        }
        String qualifier = qualifier(column);
        if (qualifier != null && !qualifier.equals(alias == null ? table.name() : alias)) {
            throw new NotTranslatable("unknown qualifier " + qualifier);
        }
        return resolve(Identifiers.fold(column.getColumnName()));
    }

    ColumnDefinition resolve(String name) throws NotTranslatable {
        ColumnDefinition found = table.column(name);
        if (found == null) {
            throw new NotTranslatable("42703", "no column " + name + " in " + table.qualifiedName());
        }
        if (found.notCacheable() != null) {
            throw new NotTranslatable("column " + name + ": " + found.notCacheable());
        }
        return found;
    }

    /** Whether a bare name is one of an input column. */
    boolean has(String name) {
        return table.column(name) != null;
    }

    /** The column as a term. */
    static Term term(ColumnDefinition column) {
        return Term.column(column, RELATION + "." + Generation.columnName(column));
    }

    /** Whether the name stands alone, so that it may also mean an output column. */
    static boolean isBare(Column column) {
        return column.getTable() == null || column.getTable().getName() == null;
    }

    private static @Nullable String qualifier(Column column) throws NotTranslatable {
        if (isBare(column)) {
            return null;
        }
        if (column.getTable().getNameParts().size() != 1) {
            throw new NotTranslatable("a column with a qualified table");
        }
        return Identifiers.fold(column.getTable().getName());
    }
}
