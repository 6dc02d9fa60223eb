package dev.sqlmem.admin;

import dev.sqlmem.cache.LoadProgress;
import dev.sqlmem.cache.TableStatus;
import dev.sqlmem.report.TableReport;
import dev.sqlmem.rules.Freshness;
import java.time.Duration;
import java.time.Instant;

/** Makes {@link TableReport}s. */
final class TableReports {
    private TableReports() {}

    static TableReport of(String database, TableStatus table, Instant now) {
        Instant loadedAt = table.loadedAt();
        LoadProgress loading = table.loading();
        return new TableReport(
                database,
                table.schema(),
                table.name(),
                table.columns(),
                table.state(),
                table.reason(),
                table.rows(),
                table.bytes(),
                table.generation(),
                loadedAt,
                loadedAt == null ? null : Duration.between(loadedAt, now).toSeconds(),
                table.loads(),
                table.hits(),
                table.misses(),
                table.indexes(),
                loading == null ? null : loading.rows(),
                loading == null ? null : loading.bytes(),
                loading == null ? null : loading.sentence(),
                new Freshness(table.timeToLive()).toString(),
                table.nextRefresh());
    }
}
