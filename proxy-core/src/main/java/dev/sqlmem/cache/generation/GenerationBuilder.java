package dev.sqlmem.cache.generation;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.Sqlite;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Fills the database of one generation: {@link #row} for each row, then {@link #seal}, then always {@link
 * #close}. Used by one thread.
 *
 * <p>Rows go in within one transaction and without a journal, as a failure discards everything anyway. The
 * indexes come after that, with a journal in memory: an index that turns out not to be unique, or not to
 * fit, must not hurt the rows.
 */
public final class GenerationBuilder implements RowSink, AutoCloseable {
    /** The most that SQLite's in-memory databases hold as sqlite-jdbc builds it, with no way to raise it. */
    public static final long MOST_BYTES = 1L << 30;

    private static final AtomicLong NUMBER = new AtomicLong();
    private static final int CHECK_ROWS = 1024;
    private static final long CHECK_BYTES = 1L << 18;
    private static final int KEPT_SCRATCH = 1 << 20;
    private static final int ANALYZED_ROWS = 1000;

    /** A column and its order key. */
    private record Ordered(ColumnFiller value, ColumnFiller key) {}

    private final long id = NUMBER.incrementAndGet();
    private final String database = "sqlmem-" + id;
    private final TableLayout layout;
    private final Instant began;
    private final MemoryBudget.Reservation memory;
    private final Sqlite connection;
    private final Statement insert;
    private final Statement pageCount;
    private final long pageSize;
    private final ColumnFiller[] columns;
    private final List<Ordered> ordered;
    private final int fields;
    private ByteBuf scratch = Unpooled.buffer(1024);
    private long rows;
    private int uncheckedRows;
    private long uncheckedBytes;
    private @Nullable LoadFailure failure;
    private boolean admitted;
    private boolean isShort;
    private boolean sealed;
    private boolean closed;

    /** Starts a load; {@code began} is a moment before the source takes its snapshot. */
    public GenerationBuilder(TableLayout layout, Instant began, MemoryBudget budget) {
        this.layout = layout;
        this.began = began;
        columns = fillers(layout);
        ordered = Arrays.stream(columns)
                .filter(key -> OrderKey.isOne(key.column().attnum()))
                .map(key ->
                        new Ordered(find(columns, OrderKey.columnOf(key.column().attnum())), key))
                .toList();
        fields = Arrays.stream(columns).mapToInt(ColumnFiller::fields).sum();
        memory = budget.reserve();
        connection = Sqlite.create(database);
        try {
            connection.execute(
                    "PRAGMA journal_mode=OFF",
                    "PRAGMA synchronous=OFF",
                    "PRAGMA temp_store=2",
                    "PRAGMA cache_size=-8192",
                    layout.createTable(),
                    "BEGIN");
            pageSize = connection.queryLong("PRAGMA page_size");
            pageCount = connection.prepare(Sqlite.utf8("PRAGMA page_count"));
            insert = connection.prepare(Sqlite.utf8(layout.insert()));
        } catch (CacheException e) {
            connection.close();
            throw e;
        }
    }

    private static ColumnFiller find(ColumnFiller[] columns, int attnum) {
        return Arrays.stream(columns)
                .filter(each -> each.column().attnum() == attnum)
                .findFirst()
                .orElseThrow();
    }

    private static ColumnFiller[] fillers(TableLayout layout) {
        List<ColumnFiller> fillers = new ArrayList<>();
        int parameter = 1;
        for (ColumnDefinition column : layout.columns()) {
            ColumnFiller filler = new ColumnFiller(column, parameter);
            fillers.add(filler);
            parameter += filler.parameters();
        }
        return fillers.toArray(ColumnFiller[]::new);
    }

    /** A new number for a generation that had this one in an earlier process. */
    static long numberAfter(long earlier) {
        return NUMBER.updateAndGet(last -> Math.max(last, earlier) + 1);
    }

    /** The number of the load that was begun last, of whichever table. */
    public static long lastNumber() {
        return NUMBER.get();
    }

    /** Why the load failed, where it was this builder that stopped it. */
    @Nullable
    public LoadFailure failure() {
        return failure;
    }

    /** How many rows have come so far. */
    public long rows() {
        return rows;
    }

    /**
     * Makes room for rows that were measured before, evicting others for all of them or for none. Without this, only
     * free memory is used until the rows are complete.
     */
    public void admit(LoadFailure.Measured measured) throws LoadRefusedException {
        admitted = true;
        if (!memory.growTo(measured.bytes() + margin(measured.bytes()))) {
            throw refuse(LoadFailure.TooLarge.forBudget(measured.rows(), measured.bytes(), memory.most()));
        }
    }

    /** Whether the last rows have found no free memory, so that no more should come. */
    public boolean isShort() {
        return isShort;
    }

    /** What the rows take that are there. */
    public long rowBytes() {
        return bytes() - connection.queryLong("PRAGMA freelist_count") * pageSize;
    }

    /** The most memory that it could have, were all evicted that nobody is reading. */
    public long most() {
        return Math.min(MOST_BYTES, memory.most());
    }

    /** Takes the rows out again; their pages are used for the next ones. */
    public void clear() {
        connection.execute("DELETE FROM t");
    }

    @Override
    public void row(byte[] copyTuple) throws LoadRefusedException {
        scratch.clear().writeBytes(copyTuple);
        int count = scratch.readShort();
        if (count != fields) {
            throw refuse(new LoadFailure.Upstream(count + " fields in a row, not " + fields));
        }
        for (ColumnFiller column : columns) {
            bind(column);
        }
        checkOrder();
        if (scratch.isReadable()) {
            throw refuse(new LoadFailure.Upstream("a row has bytes after its last field"));
        }
        insert();
        rows++;
        uncheckedBytes += copyTuple.length;
        if (++uncheckedRows >= CHECK_ROWS || uncheckedBytes >= CHECK_BYTES) {
            checkMemory();
        }
    }

    private void bind(ColumnFiller filler) throws LoadRefusedException {
        boolean isNull = scratch.getInt(scratch.readerIndex()) < 0;
        if (isNull && filler.column().attnum() == layout.rowid()) {
            throw refuse(new LoadFailure.Upstream("a null in the primary key")); // SQLite would number the row
        }
        try {
            filler.bind(scratch, insert);
        } catch (NotExactException e) {
            throw refuse(new LoadFailure.Inexact(filler.column(), String.valueOf(e.getMessage())));
        }
    }

    /** Requires that each value has found its place in the order, and null none. */
    private void checkOrder() throws LoadRefusedException {
        for (Ordered each : ordered) {
            if (each.value.isNull() != each.key.isNull() || each.key.greatest() > OrderKey.MOST) {
                throw refuse(new LoadFailure.NoOrder(
                        each.key.column(),
                        "a value has no place in it: there are more than " + OrderKey.MOST + " different ones"));
            }
        }
    }

    private void insert() throws LoadRefusedException {
        try {
            insert.step();
            insert.reset();
        } catch (CacheException e) {
            if (e.code() == Sqlite.FULL) {
                throw refuse(LoadFailure.TooLarge.forOneTable());
            }
            if (e.code() == Sqlite.CONSTRAINT) {
                throw refuse(new LoadFailure.RepeatedKey());
            }
            throw e;
        }
    }

    private void checkMemory() throws LoadRefusedException {
        uncheckedRows = 0;
        uncheckedBytes = 0;
        long bytes = bytes();
        if (bytes > MOST_BYTES) {
            throw refuse(LoadFailure.TooLarge.forOneTable());
        }
        if (admitted) {
            growTo(bytes);
        } else {
            isShort = !memory.growIfFree(bytes + margin(bytes));
        }
        if (scratch.capacity() > KEPT_SCRATCH) {
            scratch = Unpooled.buffer(1024);
        }
    }

    private void growTo(long bytes) throws LoadRefusedException {
        if (!memory.growTo(bytes + margin(bytes))) {
            throw refuse(LoadFailure.TooLarge.forBudget(rows, bytes, memory.most()));
        }
    }

    /** What the rows until the next look may take. */
    private static long margin(long bytes) {
        return CHECK_BYTES + bytes / 64;
    }

    private long bytes() {
        pageCount.step();
        long pages = pageCount.columnLong(0);
        pageCount.reset();
        return pages * pageSize;
    }

    private LoadRefusedException refuse(LoadFailure why) {
        failure = why;
        return new LoadRefusedException(why.reason());
    }

    /** Ends the load: builds the indexes and returns the finished generation, which nobody leases yet. */
    public Generation seal() throws LoadRefusedException {
        checkMemory();
        growTo(bytes());
        connection.execute("COMMIT", "PRAGMA journal_mode=MEMORY");
        List<Set<Integer>> uniqueKeys = new ArrayList<>();
        if (layout.rowid() != 0) {
            uniqueKeys.add(Set.of(layout.rowid()));
        }
        List<String> indexes = new ArrayList<>();
        Set<Integer> found = new HashSet<>();
        int number = 0;
        for (TableLayout.Index index : layout.indexes()) {
            Boolean unique = build(index, number++);
            if (unique != null) {
                found.add(index.attnums().get(0));
                if (!index.name().isEmpty()) {
                    indexes.add(index.name());
                }
                if (unique && index.attnums().stream().noneMatch(this::hasNull)) {
                    uniqueKeys.add(Set.copyOf(index.attnums()));
                }
            }
        }
        requireOrderIndexes(found);
        gatherStatistics();
        long bytes = bytes();
        Sqlite anchor = Generation.anchor(database);
        memory.growTo(bytes);
        memory.shrinkTo(bytes);
        sealed = true;
        return new Generation(
                id,
                layout,
                new Generation.Contents(
                        rows,
                        bytes,
                        began,
                        bytesByAttnum(),
                        factsByAttnum(),
                        List.copyOf(uniqueKeys),
                        List.copyOf(indexes)),
                database,
                anchor,
                memory);
    }

    /**
     * Tells SQLite how many rows there are and how many of them share a key, so that it joins tables in a sensible
     * order. It looks at {@value #ANALYZED_ROWS} entries of each index: 3 ms with 1,000,000 rows and five indexes.
     */
    private void gatherStatistics() {
        try {
            connection.execute("PRAGMA analysis_limit=" + ANALYZED_ROWS, "ANALYZE");
        } catch (CacheException e) {
            if (e.code() != Sqlite.FULL) {
                throw e;
            }
            // a full table's statements are planned without
        }
    }

    /** Without an index a value's key would be looked for in all rows. */
    private void requireOrderIndexes(Set<Integer> found) throws LoadRefusedException {
        for (Ordered each : ordered) {
            if (!found.contains(each.value.column().attnum())
                    || !found.contains(each.key.column().attnum())) {
                throw refuse(new LoadFailure.NoOrder(each.key.column(), "there is no room for its indexes"));
            }
        }
    }

    /**
     * Whether the index became a unique one, or null where there is no room for it: while it is built, SQLite
     * sorts its keys in memory as well.
     */
    private @Nullable Boolean build(TableLayout.Index index, int number) {
        long now = bytes();
        long estimate = estimate(index);
        if (now + estimate > MOST_BYTES || !memory.growTo(now + 2 * estimate)) {
            return null;
        }
        connection.execute("PRAGMA max_page_count=" + Math.min(MOST_BYTES, now + 2 * estimate) / pageSize);
        for (boolean unique : index.unique() ? new boolean[] {true, false} : new boolean[] {false}) {
            try {
                connection.execute(TableLayout.createIndex(index, unique, number));
                return unique;
            } catch (CacheException e) {
                if (e.code() == Sqlite.FULL) {
                    return null;
                }
                if (e.code() != Sqlite.CONSTRAINT) {
                    throw e;
                }
            }
        }
        return null;
    }

    /** A generous guess at an index's bytes: its keys, the rowid, and what pages add. */
    private long estimate(TableLayout.Index index) {
        long keys = 0;
        for (ColumnFiller each : columns) {
            if (index.attnums().contains(each.column().attnum())) {
                keys += each.bytes() + 2 * rows;
            }
        }
        return (keys + 8 * rows) * 3 / 2 + 16 * pageSize;
    }

    private Map<Integer, Long> bytesByAttnum() {
        Map<Integer, Long> bytes = new HashMap<>();
        for (ColumnFiller each : columns) {
            bytes.put(each.column().attnum(), each.bytes());
        }
        return Map.copyOf(bytes);
    }

    private Map<Integer, ColumnFacts> factsByAttnum() {
        Map<Integer, ColumnFacts> facts = new HashMap<>();
        for (ColumnFiller each : columns) {
            facts.put(each.column().attnum(), each.facts());
        }
        return Map.copyOf(facts);
    }

    private boolean hasNull(int attnum) {
        for (ColumnFiller each : columns) {
            if (each.column().attnum() == attnum) {
                return each.hasNull();
            }
        }
        return true;
    }

    /** Closes the loading connection; with it goes the database, unless it has been sealed. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        insert.close();
        pageCount.close();
        connection.close();
        if (!sealed) {
            memory.close();
        }
    }
}
