package dev.sqlmem.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code sqlmem.tables}: a table that some statement has wanted.
 *
 * @param columns the columns of the current generation, or where there is none those wanted, separated by comma and space
 * @param state {@code ready} (it answers), {@code loading} (its first load runs), {@code refused}, {@code absent}
 * @param reason why it is refused, wholly or for some columns, or null
 * @param rows of the current generation, 0 for none
 * @param bytes of the current generation, 0 for none
 * @param generation the number of the current generation, 0 for none
 * @param loadedAt when the current generation's load began, or null
 * @param loads how many loads have been published
 * @param hits statements answered from it
 * @param misses statements that caused or awaited a load of it
 * @param indexes the names of its indexes, separated by comma and space
 * @param loading how far the running load is, or null where none runs
 */
public record TableStatus(
        String schema,
        String name,
        String columns,
        String state,
        @Nullable String reason,
        long rows,
        long bytes,
        long generation,
        @Nullable Instant loadedAt,
        long loads,
        long hits,
        long misses,
        String indexes,
        @Nullable LoadProgress loading) {}
