package dev.sqlmem.cache;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.wire.type.TypeCodec;
import java.util.Locale;

/**
 * One row of {@code sqlmem.columns}: a column of a current generation.
 *
 * @param type the type as PostgreSQL prints it
 * @param storage {@code integer}, {@code real}, {@code text} or {@code blob}
 * @param ordering {@code code point}: sorts and compares here; {@code server only}: tests for equality
 *     here; {@code -}: not text
 * @param bytes the bytes of its values
 */
public record ColumnStatus(
        String schema, String table, String name, String type, String storage, String ordering, long bytes) {

    static ColumnStatus of(Generation generation, ColumnDefinition column) {
        TypeCodec codec = column.codec();
        return new ColumnStatus(
                generation.table().schema(),
                generation.table().name(),
                column.name(),
                column.typeName(),
                codec == null ? "-" : codec.storage().name().toLowerCase(Locale.ROOT),
                ordering(column.order()),
                generation.columnBytes(column.attnum()));
    }

    private static String ordering(TextOrder order) {
        return switch (order) {
            case NOT_TEXT -> "-";
            case CODE_POINT -> "code point";
            case UNKNOWN, NONDETERMINISTIC -> "server only";
        };
    }
}
