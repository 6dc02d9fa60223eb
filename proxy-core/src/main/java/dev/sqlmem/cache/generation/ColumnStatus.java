package dev.sqlmem.cache.generation;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.report.Report;
import dev.sqlmem.storage.TypeCodec;
import java.util.Locale;

/** A column of a current generation, as {@code sqlmem.columns} shows it. {@link #REPORT} says what each component is. */
public record ColumnStatus(
        String schema, String table, String name, String type, String storage, String ordering, long bytes) {

    /** The columns of {@code sqlmem.columns}. */
    public static final Report<ColumnStatus> REPORT = Report.<ColumnStatus>empty()
            .text("schema", "the table's schema", ColumnStatus::schema)
            .text("table_name", "the table", ColumnStatus::table)
            .text("name", "its name", ColumnStatus::name)
            .text("type", "the type as PostgreSQL prints it", ColumnStatus::type)
            .text("storage", "`integer`, `real`, `text` or `blob`", ColumnStatus::storage)
            .text(
                    "ordering",
                    "`code point`: sorts and compares here by its bytes; `server keys`: by keys that the server made;"
                            + " `server keys on demand`: they come with the first statement that needs them;"
                            + " `server only`: tests for equality here; `none`: not even that; `-`: not text",
                    ColumnStatus::ordering)
            .number("bytes", "the bytes of its values and of their keys", ColumnStatus::bytes);

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
