package dev.sqlmem.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A table that some statement has wanted, or that a rule names, as {@code sqlmem.tables} shows it. {@link #REPORT} says
 * what each component is.
 */
public record TableReport(
        String database,
        String schema,
        String name,
        String columns,
        String state,
        @Nullable String reason,
        long rows,
        long bytes,
        long generation,
        @Nullable Instant loadedAt,
        @Nullable Long ageSeconds,
        long loads,
        long hits,
        long misses,
        String indexes,
        @Nullable Long loadingRows,
        @Nullable Long loadingBytes,
        @Nullable String progress,
        String freshness,
        @Nullable Instant nextRefresh) {

    /** The columns of {@code sqlmem.tables}. */
    public static final Report<TableReport> REPORT = Report.<TableReport>empty()
            .onlyInJson("database", "its database", TableReport::database)
            .text("schema", "its schema", TableReport::schema)
            .text("name", "its name", TableReport::name)
            .text("columns", "the cached columns, or where there are none those wanted", TableReport::columns)
            .text(
                    "state",
                    "`ready`, `loading`, `refused`, `absent`, or `stale`: older than its time to live",
                    TableReport::state)
            .text("reason", "why it is refused, wholly or for some columns", TableReport::reason)
            .number("rows", "cached rows", TableReport::rows)
            .number("bytes", "the memory they take", TableReport::bytes)
            .number("generation", "the number of the load that answers, 0 for none", TableReport::generation)
            .time("loaded_at", "when that load began", TableReport::loadedAt)
            .numberOrNull("age_seconds", "how long ago that was", TableReport::ageSeconds)
            .number("loads", "loads so far", TableReport::loads)
            .number("hits", "statements answered from it", TableReport::hits)
            .number("misses", "statements that caused or awaited a load of it", TableReport::misses)
            .text("indexes", "its indexes", TableReport::indexes)
            .numberOrNull("loading_rows", "rows that the running load has so far", TableReport::loadingRows)
            .numberOrNull("loading_bytes", "bytes that the running load has read so far", TableReport::loadingBytes)
            .text("progress", "how far the running load is", TableReport::progress)
            .text("freshness", "how old it may be: `manual`, `ttl:30s`", TableReport::freshness)
            .time("next_refresh", "from when on the next use starts a refresh", TableReport::nextRefresh);
}
