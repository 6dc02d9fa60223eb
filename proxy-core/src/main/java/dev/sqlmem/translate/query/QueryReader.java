package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.translate.type.NotTranslatable;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/** What reads the queries inside of another one, and finds tables. */
interface QueryReader {

    /** Reads a query inside of the statement; names that it does not know itself mean those of {@code outer}. */
    Subquery inside(Select select, @Nullable Scope outer) throws NotTranslatable;

    /** Returns the table, which is one for the cache. */
    TableDefinition resolve(TableName name) throws NotTranslatable;
}
