package dev.sqlmem.translate.query;

import dev.sqlmem.cache.generation.StoredColumn;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.OrderKeyTerm;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import org.jspecify.annotations.Nullable;

/** A column that a name of a FROM clause can mean. */
interface ScopeColumn {

    String name();

    /** What it is for SQLite; notes that it is needed. */
    Term read(Translation out) throws NotTranslatable;

    /** The table's column that it is, whatever an outer join makes of it; null where it is none. */
    default @Nullable OfTable origin() {
        return null;
    }

    /** The same column where an outer join may put null in its place. */
    default ScopeColumn nullable() {
        ScopeColumn of = this;
        return new ScopeColumn() {
            @Override
            public String name() {
                return of.name();
            }

            @Override
            public Term read(Translation out) throws NotTranslatable {
                return of.read(out).outerJoined();
            }

            @Override
            public @Nullable OfTable origin() {
                return of.origin();
            }
        };
    }

    /** The same column by another name. */
    default ScopeColumn named(String name) {
        ScopeColumn of = this;
        return new ScopeColumn() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Term read(Translation out) throws NotTranslatable {
                return of.read(out);
            }

            @Override
            public @Nullable OfTable origin() {
                return of.origin();
            }
        };
    }

    /**
     * A column of a table.
     *
     * @param alias the relation's name in the SQLite statement
     */
    record OfTable(TableDefinition table, ColumnDefinition column, String alias) implements ScopeColumn {
        @Override
        public String name() {
            return column.name();
        }

        @Override
        public Term read(Translation out) throws NotTranslatable {
            if (column.notCacheable() != null) {
                throw new NotTranslatable("column " + column.name() + ": " + column.notCacheable());
            }
            out.touch(table, column);
            return Term.column(column, alias + "." + StoredColumn.columnName(column))
                    .written(alias + "." + StoredColumn.writtenName(column), table.oid())
                    .rank(OrderKeyTerm.of(table, column, alias));
        }

        @Override
        public OfTable origin() {
            return this;
        }
    }

    /** A column of a subquery, or one that a join made of two. */
    record OfTerm(String name, Term term) implements ScopeColumn {
        @Override
        public Term read(Translation out) {
            return term;
        }
    }
}
