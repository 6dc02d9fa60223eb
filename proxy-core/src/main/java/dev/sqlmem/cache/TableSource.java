package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.RowSink;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.Provenance;
import dev.sqlmem.catalog.TableDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams a table's rows from the upstream server. Used by several loader threads at once. */
@FunctionalInterface
public interface TableSource {

    /**
     * Hands every row of one snapshot of the table to {@code sink}, on the calling thread, and returns
     * after the last one.
     *
     * @param columns what to read, in the order of the tuples' fields; never empty. Where a column's codec
     *     needs the text form as well, that is the field after the binary form
     * @throws LoadRefusedException as thrown by the sink, or when the upstream cannot be read
     * @throws Exception any other failure; its message is shown as the reason
     */
    void load(TableDefinition table, List<ColumnDefinition> columns, RowSink sink) throws Exception;

    /**
     * Where a load of these columns would take its rows from at this moment; asked before and after each load.
     * Null where that can't be said, or need not be because the rows won't be kept beyond this process.
     */
    default @Nullable Provenance provenance(TableDefinition table, List<ColumnDefinition> columns) {
        return null;
    }
}
