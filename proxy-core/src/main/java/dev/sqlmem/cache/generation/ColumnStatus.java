package dev.sqlmem.cache.generation;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.storage.TypeCodec;
import java.util.Locale;

/**
 * One row of {@code sqlmem.columns}: a column of a current generation.
 *
 * @param type the type as PostgreSQL prints it
 * @param storage {@code integer}, {@code real}, {@code text} or {@code blob}
 * @param ordering {@code code point}: sorts and compares here by its bytes; {@code server keys}: by keys that
 *     the server made; {@code server keys on demand}: they come with the first statement that needs them;
 *     {@code server only}: tests for equality here; {@code none}: not even that; {@code -}: not text
 * @param bytes the bytes of its values and of their keys
 */
public record ColumnStatus(
        String schema, String table, String name, String type, String storage, String ordering, long bytes) {

    public static ColumnStatus of(Generation generation, ColumnDefinition column) {
        TypeCodec codec = column.codec();
        return new ColumnStatus(
                generation.table().schema(),
                generation.table().name(),
                column.name(),
                column.typeName(),
                codec == null ? "-" : codec.storage().name().toLowerCase(Locale.ROOT),
                ordering(generation, column),
                generation.columnBytes(column.attnum()) + generation.columnBytes(OrderKey.attnum(column)));
    }

    private static String ordering(Generation generation, ColumnDefinition column) {
        return switch (column.order()) {
            case NOT_TEXT -> "-";
            case CODE_POINT -> "code point";
            case UNKNOWN -> serverOrdering(generation, column);
            case NONDETERMINISTIC -> "none: the collation is nondeterministic";
        };
    }

    private static String serverOrdering(Generation generation, ColumnDefinition column) {
        if (!OrderKey.isPossible(column)) {
            return "server only";
        }
        if (generation.has(OrderKey.attnum(column))) {
            return "server keys";
        }
        return "server keys on demand";
    }
}
