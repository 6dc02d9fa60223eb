package dev.sqlmem.plan;

import org.jspecify.annotations.Nullable;

/**
 * The classification of one statement.
 *
 * @param kind what it is
 * @param command its leading words for people, such as {@code INSERT}
 * @param refusal why read-only mode refuses it, or null where it doesn't
 * @param effects what it touches and changes
 */
public record StatementClass(
        StatementKind kind, String command, @Nullable Refusal refusal, Effects effects) {}
