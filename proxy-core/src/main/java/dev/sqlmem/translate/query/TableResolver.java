package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import org.jspecify.annotations.Nullable;

/** Finds tables. */
public interface TableResolver {
    /** Returns the table that the name means under the plan's search path, or null. */
    @Nullable
    TableDefinition resolve(TableName name) throws Exception;
}
