package dev.sqlmem.database;

import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.RowSink;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.upstream.jdbc.TupleConsumer;
import java.sql.SQLException;
import java.util.List;

/** Leads the rows of a COPY into the cache, which does not know {@code upstream.jdbc}, nor that the cache. */
final class CopyPipe {
    private CopyPipe() {}

    /** Carries a refusal through the COPY. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final LoadRefusedException refusal;

        Stopped(LoadRefusedException refusal) {
            super(refusal);
            this.refusal = refusal;
        }
    }

    /** Where the rows come from. */
    interface Source {
        long copyOut(TableDefinition table, List<ColumnDefinition> columns, TupleConsumer consumer) throws SQLException;
    }

    static void copy(Source source, TableDefinition table, List<ColumnDefinition> columns, RowSink sink)
            throws SQLException, LoadRefusedException {
        try {
            source.copyOut(table, columns, tuple -> {
                try {
                    sink.row(tuple);
                } catch (LoadRefusedException e) {
                    throw new Stopped(e);
                }
            });
        } catch (Stopped e) {
            throw e.refusal;
        }
    }
}
