package dev.sqlmem.snapshot;

import dev.sqlmem.cache.TableCache;
import dev.sqlmem.cache.TableRestore;
import dev.sqlmem.cache.TableSource;
import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.cache.generation.RowSink;
import dev.sqlmem.cache.generation.StoredTable;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.Provenance;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TextOrder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cache with tables of made-up rows, without a server. */
final class Cached implements AutoCloseable, TableSource {
    static final Provenance PROVENANCE = new Provenance("a server", 1000, "a table");

    final MemoryBudget budget = new MemoryBudget(64 << 20);
    final TableCache tables = new TableCache("db", this, budget, Runnable::run, InstantSource.system());
    private int rows;

    /** A table of an integer key, a text and a blob, with nulls, empty values and what is not ASCII. */
    static TableDefinition table(long oid, String name) {
        return new TableDefinition(
                oid,
                "public",
                name,
                'r',
                List.of(
                        new ColumnDefinition(1, "id", 23, "integer", -1, true, TextOrder.NOT_TEXT, null),
                        new ColumnDefinition(2, "größe, \"odd\"", 25, "text", -1, false, TextOrder.UNKNOWN, null),
                        new ColumnDefinition(4, "raw", 17, "bytea", -1, false, TextOrder.NOT_TEXT, null)),
                List.of(
                        new IndexDefinition(name + "_pkey", true, true, List.of(1)),
                        new IndexDefinition(name + "_text", false, false, List.of(2))),
                -1,
                0,
                null);
    }

    /** Loads a table with so many rows. */
    Cached load(TableDefinition table, int count) {
        rows = count;
        tables.ensure(table, List.of(1, 2, 4)).join();
        return this;
    }

    @Override
    public void load(TableDefinition table, List<ColumnDefinition> columns, RowSink sink) throws Exception {
        for (int i = 1; i <= rows; i++) {
            ByteBuf tuple = Unpooled.buffer();
            tuple.writeShort(3).writeInt(4).writeInt(i);
            field(tuple, i % 3 == 0 ? null : ("größe " + "x".repeat(i % 40)).getBytes(StandardCharsets.UTF_8));
            field(tuple, i % 5 == 0 ? null : new byte[i % 7]);
            byte[] bytes = new byte[tuple.readableBytes()];
            tuple.readBytes(bytes);
            sink.row(bytes);
        }
    }

    private static void field(ByteBuf tuple, byte @Nullable [] value) {
        tuple.writeInt(value == null ? -1 : value.length);
        if (value != null) {
            tuple.writeBytes(value);
        }
    }

    @Override
    public Provenance provenance(TableDefinition table, List<ColumnDefinition> columns) {
        return PROVENANCE;
    }

    /** Where a save gets its tables from. */
    CacheFile.Source source() {
        return (key, pages) -> tables.store(key.oid(), pages);
    }

    /** Makes a table of stored pages. */
    Cached restore(StoredTable stored, Path pages) throws Exception {
        TableRestore restore = Objects.requireNonNull(tables.expect(stored));
        restore.complete(pages);
        return this;
    }

    /** Every cell of a table as SQLite quotes it, row by row in the order in which they are stored. */
    List<String> cells(long oid) {
        Generation generation = Objects.requireNonNull(tables.acquire(oid, new int[] {1, 2, 4}));
        Reader reader = generation.borrow();
        Statement statement =
                reader.statement(new ReadQuery("SELECT quote(c1) || ' ' || quote(c2) || ' ' || quote(c4) FROM t", 0));
        List<String> cells = new ArrayList<>();
        while (statement.step()) {
            cells.add(new String(Objects.requireNonNull(statement.columnBytes(0)), StandardCharsets.UTF_8));
        }
        generation.giveBack(reader);
        generation.release();
        return cells;
    }

    @Override
    public void close() {
        tables.close();
    }
}
