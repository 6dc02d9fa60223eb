package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.GenerationBuilder;
import dev.sqlmem.cache.generation.TableLayout;
import dev.sqlmem.catalog.ColumnDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The least that a table can take, by the upstream's statistics, so that loads without a chance are not
 * begun: two bytes of header and one of rowid a row, one a column, and what its type takes at least.
 */
final class SizeEstimate {
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMPTZ = 1184;
    private static final int UUID = 2950;
    private static final int ROW = 4;

    private SizeEstimate() {}

    /** Why the load has no chance, or null when it may have one. */
    static @Nullable String hopeless(TableLayout layout, long limit) {
        double rows = layout.table().estimatedRows();
        long row = ROW;
        for (ColumnDefinition column : layout.columns()) {
            if (column.attnum() == layout.rowid()) {
                row += 1;
            } else {
                row += 1 + least(column);
            }
        }
        double bytes = Math.max(0, rows) * row;
        if (bytes <= Math.min(limit, GenerationBuilder.MOST_BYTES)) {
            return null;
        }
        String most;
        if (limit < GenerationBuilder.MOST_BYTES) {
            most = "the memory limit is " + (limit >> 20) + " MiB";
        } else {
            most = "one cached table can have 1024 MiB";
        }
        return "too large: about " + (long) rows + " rows would take at least " + (long) bytes / (1 << 20) + " MiB; "
                + most;
    }

    /** Nulls, empty strings and small integers take next to nothing; a time of our day is never small. */
    private static int least(ColumnDefinition column) {
        if (!column.notNull()) {
            return 0;
        }
        return switch (column.typeOid()) {
            case TIMESTAMP, TIMESTAMPTZ -> 6;
            case UUID -> 16;
            default -> 0;
        };
    }
}
