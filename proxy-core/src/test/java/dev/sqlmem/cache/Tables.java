package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TextOrder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tables and their rows as PostgreSQL's binary COPY writes them, for tests. */
public final class Tables {
    /** Stands for a null in {@link #tuple}, by identity. */
    public static final byte[] NULL = new byte[0];

    public static final int INT4 = 23;
    public static final int TEXT = 25;
    public static final int BYTEA = 17;
    public static final int NUMERIC = 1700;
    static final int MONEY = 790;

    private Tables() {}

    public static ColumnDefinition column(int attnum, String name, int oid, boolean notNull) {
        int typmod = oid == NUMERIC ? (10 << 16 | 2) + 4 : -1;
        TextOrder order = oid == TEXT ? TextOrder.UNKNOWN : TextOrder.NOT_TEXT;
        return new ColumnDefinition(attnum, name, oid, "type " + oid, typmod, notNull, order, null);
    }

    /** A table {@code public.<name>} with int4 columns; the first is its primary key. */
    public static TableDefinition integers(long oid, String name, String... columns) {
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            definitions.add(column(i + 1, columns[i], INT4, i == 0));
        }
        return table(oid, name, definitions, List.of(new IndexDefinition(name + "_pkey", true, true, List.of(1))));
    }

    public static TableDefinition table(
            long oid, String name, List<ColumnDefinition> columns, List<IndexDefinition> indexes) {
        return new TableDefinition(oid, "public", name, 'r', columns, indexes, -1, 0, null);
    }

    /** A source whose cell is {@code 1000 * attnum + row}, as int4, for rows from 1 on. */
    public static TableSource counting(int rows) {
        return (table, columns, sink) -> {
            for (int row = 1; row <= rows; row++) {
                int number = row;
                sink.row(tuple(columns.stream()
                        .map(column -> column.attnum() == 1 ? int4(number) : int4(1000 * column.attnum() + number))
                        .toArray(byte[][]::new)));
            }
        };
    }

    /** A source of these rows, whatever columns are asked for. */
    static TableSource rows(byte[]... tuples) {
        return (table, columns, sink) -> {
            for (byte[] tuple : tuples) {
                sink.row(tuple);
            }
        };
    }

    public static byte[] tuple(byte[]... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(fields.length);
            for (byte[] field : fields) {
                out.writeInt(field == NULL ? -1 : field.length);
                if (field != NULL) {
                    out.write(field);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] int4(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    public static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** numeric 'NaN' as {@code numeric_send} writes it. */
    public static byte[] numericNaN() {
        return new byte[] {0, 0, 0, 0, (byte) 0xC0, 0, 0, 0};
    }

    public static int[] attnums(int... attnums) {
        return attnums;
    }

    public static List<Integer> list(int... attnums) {
        return IntStream.of(attnums).boxed().toList();
    }

    /** The cells of the first column of a query, as longs. */
    public static List<Long> longs(Reader reader, String sql) {
        Statement statement = reader.statement(new ReadQuery(sql, 0));
        List<Long> cells = new ArrayList<>();
        while (statement.step()) {
            cells.add(statement.columnLong(0));
        }
        statement.reset();
        return cells;
    }
}
