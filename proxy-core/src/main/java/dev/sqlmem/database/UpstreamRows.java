package dev.sqlmem.database;

import dev.sqlmem.cache.TableSource;
import dev.sqlmem.cache.generation.RowSink;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.Provenance;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import java.sql.SQLException;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** The rows of the tables of one upstream database. */
final class UpstreamRows implements TableSource {
    private static final Logger LOG = LogManager.getLogger(UpstreamRows.class);

    private final ServiceDatabase service;
    private final boolean kept;

    /** @param kept whether the rows may be kept beyond this process, so that their provenance matters */
    UpstreamRows(ServiceDatabase service, boolean kept) {
        this.service = service;
        this.kept = kept;
    }

    @Override
    public void load(TableDefinition table, List<ColumnDefinition> columns, RowSink sink) throws Exception {
        CopyPipe.copy(service::copyOut, table, columns, sink);
    }

    @Override
    public @Nullable Provenance provenance(TableDefinition table, List<ColumnDefinition> columns) {
        if (!kept) {
            return null;
        }
        try {
            return service.provenance(
                    table.oid(), columns.stream().map(ColumnDefinition::attnum).toList());
        } catch (SQLException e) {
            LOG.warn("{} will not be saved: {}", table.qualifiedName(), e.getMessage());
            return null;
        }
    }
}
