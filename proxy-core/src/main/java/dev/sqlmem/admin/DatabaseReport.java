package dev.sqlmem.admin;

import org.jspecify.annotations.Nullable;

/**
 * How the proxy sees one upstream database.
 *
 * @param name the database
 * @param reachable whether its catalogs were read lately, and at the last try
 * @param seenMillis how long ago that was, null: never
 * @param problem what the last try came to, where it failed
 */
public record DatabaseReport(
        String name,
        boolean reachable,
        @Nullable Long seenMillis,
        @Nullable String problem) {}
