package dev.sqlmem.plan;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** The names that a statement over one table can use. */
final class Scope {
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

    private static @Nullable String qualifier(Column column) throws NotTranslatable {
        var of = column.getTable();
        if (of == null || of.getName() == null) {
            return null;
        }
        if (of.getNameParts().size() != 1) {
            throw new NotTranslatable("a column with a qualified table");
        }
        return Identifiers.fold(of.getName());
    }
}
