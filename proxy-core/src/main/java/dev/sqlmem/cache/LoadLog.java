package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.LoadFailure;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableDefinition;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** What the log says of the cached tables of one database: loads, refusals, evictions. */
final class LoadLog {
    private static final Logger LOG = LogManager.getLogger(LoadLog.class);

    private final String database;

    LoadLog(String database) {
        this.database = database;
    }

    void begins(TableLoad load) {
        LOG.debug("loading {}", () -> name(load));
    }

    void ended(TableLoad load, TableLoad.Result result) {
        Generation generation = result.generation();
        LoadFailure failure = result.failure();
        if (load.isStale() || failure instanceof LoadFailure.Stale) {
            LOG.debug("the load of {} was overtaken by a change", () -> name(load));
        } else if (generation != null) {
            LOG.info(
                    "loaded {}: {} rows, {} in memory, in {} ms",
                    name(load),
                    generation.rows(),
                    LoadProgress.megabytes(generation.bytes()),
                    load.elapsed().toMillis());
        } else if (failure instanceof LoadFailure.RepeatedKey) {
            LOG.debug("loading {} again: {}", () -> name(load), failure::reason);
        } else if (failure != null) {
            LOG.info("{} is not cached for now: {}", name(load), failure.reason());
        }
    }

    void evicted(TableDefinition table) {
        LOG.info("evicted {}.{} to make room", database, table.qualifiedName());
    }

    private static String name(ColumnDefinition column) {
        if (OrderKey.isOne(column.attnum())) {
            return "order of " + column.name();
        }
        return column.name();
    }

    private String name(TableLoad load) {
        return load.columns().stream()
                .map(LoadLog::name)
                .collect(Collectors.joining(", ", database + "." + load.table().qualifiedName() + "(", ")"));
    }
}
