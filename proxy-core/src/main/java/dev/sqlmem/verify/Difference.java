package dev.sqlmem.verify;

import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.upstream.jdbc.FieldDescription;
import dev.sqlmem.upstream.jdbc.RawAnswer;
import dev.sqlmem.wire.message.RowDescription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the cache's answer with the server's. What SQL leaves open is no difference: rows may come in any
 * order, but the first keys of ORDER BY that the result shows must come in the same sequence; and where LIMIT
 * cuts through rows that are equal to ORDER BY, other rows with the same keys may be the ones that stay.
 */
final class Difference {
    private Difference() {}

    /** Says where the answers part, without any value; null where they do not. */
    static @Nullable String between(TranslatedQuery read, List<byte[]> cached, RawAnswer upstream) {
        if (!upstream.error().isEmpty()) {
            return "the server raises " + upstream.error();
        }
        String described = described(read.description().message().fields(), upstream.fields());
        if (described != null) {
            return described;
        }
        if (cached.size() != upstream.rows().size()) {
            return cached.size() + " rows from the cache, " + upstream.rows().size() + " from the server";
        }
        int row = firstDifference(keys(cached, read.sortedBy()), keys(upstream.rows(), read.sortedBy()));
        if (row >= 0) {
            return "the sort keys of row " + (row + 1);
        }
        if (read.limited() && !read.open().isEmpty()) {
            return null;
        }
        row = firstDifference(sorted(cached), sorted(upstream.rows()));
        if (row < 0) {
            return null;
        }
        return "row " + (row + 1) + " of both answers sorted";
    }

    private static @Nullable String described(List<RowDescription.Field> cached, List<FieldDescription> upstream) {
        if (cached.size() != upstream.size()) {
            return cached.size() + " columns from the cache, " + upstream.size() + " from the server";
        }
        for (int i = 0; i < cached.size(); i++) {
            RowDescription.Field mine = cached.get(i);
            FieldDescription told = new FieldDescription(
                    mine.name(),
                    Integer.toUnsignedLong(mine.tableOid()),
                    mine.attnum(),
                    mine.typeOid(),
                    mine.typlen(),
                    mine.typmod());
            if (!told.equals(upstream.get(i))) {
                return "the description of column " + (i + 1) + ": " + told + " from the cache, " + upstream.get(i)
                        + " from the server";
            }
        }
        return null;
    }

    private static int firstDifference(List<byte[]> cached, List<byte[]> upstream) {
        for (int i = 0; i < cached.size(); i++) {
            if (!Arrays.equals(cached.get(i), upstream.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static List<byte[]> sorted(List<byte[]> rows) {
        List<byte[]> sorted = new ArrayList<>(rows);
        sorted.sort(Arrays::compareUnsigned);
        return sorted;
    }

    private static List<byte[]> keys(List<byte[]> rows, List<Integer> columns) {
        if (columns.isEmpty()) {
            return List.of();
        }
        return rows.stream().map(row -> key(row, columns)).toList();
    }

    /** The lengths and values of some columns of a DataRow frame. */
    private static byte[] key(byte[] row, List<Integer> columns) {
        ByteBuffer key = ByteBuffer.allocate(row.length * columns.size());
        for (int column : columns) {
            ByteBuffer cells = ByteBuffer.wrap(row).position(1 + Integer.BYTES + Short.BYTES);
            for (int i = 0; i < column; i++) {
                int skipped = Math.max(0, cells.getInt());
                cells.position(cells.position() + skipped);
            }
            int length = cells.getInt();
            byte[] value = new byte[Math.max(0, length)];
            cells.get(value);
            key.putInt(length).put(value);
        }
        return Arrays.copyOf(key.array(), key.position());
    }
}
