package dev.sqlmem.admin;

import dev.sqlmem.cache.LoadProgress;
import dev.sqlmem.cache.TableStatus;
import dev.sqlmem.rules.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that some statement has wanted, as {@code sqlmem.tables} shows it.
 *
 * @param database the upstream database
 * @param columns the cached or wanted columns, separated by comma and space
 * @param state ready, loading, refused, absent, or stale: older than its time to live
 * @param reason why it is refused, wholly or for some columns, or null
 * @param rows cached rows
 * @param bytes the memory they take
 * @param generation the number of the cached generation, 0 for none
 * @param loadedAt when the cached generation's load began, or null
 * @param ageSeconds how long ago that was, or null
 * @param loads loads so far
 * @param hits statements answered from it
 * @param misses statements that caused or awaited a load of it
 * @param indexes its indexes, separated by comma and space
 * @param loadingRows rows that the running load has so far, or null where none runs
 * @param loadingBytes what has come of it, as COPY sends it, or null
 * @param progress how far it is, for people, or null
 * @param freshness how old the table may be: {@code manual}, {@code ttl:30s}
 * @param nextRefresh from when on the next use starts a refresh, or null where none ever will
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

    /** As a row of {@code sqlmem.tables}, in the column order of {@code LocalRelation}. */
    List<@Nullable Object> row() {
        return Arrays.asList(
                schema,
                name,
                columns,
                state,
                reason,
                rows,
                bytes,
                generation,
                loadedAt,
                ageSeconds,
                loads,
                hits,
                misses,
                indexes,
                loadingRows,
                loadingBytes,
                progress,
                freshness,
                nextRefresh);
    }
}
