package dev.sqlmem.cache.generation;

import dev.sqlmem.cache.TableCache;
import dev.sqlmem.cache.sqlite.Sqlite;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.Provenance;
import dev.sqlmem.catalog.TableDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One load of some columns of one table, which never changes, in an in-memory database of its own.
 *
 * <p>The table is named {@code t}, its columns as {@link StoredColumn} says. Whoever reads it holds a lease,
 * from {@link #tryAcquire()} (or {@link TableCache#acquire}) until {@link #release()}; readers and what they
 * returned must not be touched after the release.
 *
 * <p><b>Freeing.</b> Once {@link #retire() retired} it gives no more leases, and whoever returns the last
 * one (or retires it, if none is out) frees it. At that moment nobody else uses any of its connections, the
 * event loops' own readers included, since those are used under leases only; the lease counter's atomic
 * updates order all their work before the freeing. Exactly one thread sees the counter reach "retired, no
 * leases", as a retired generation's counter only falls. A large one is freed by a thread of its own, since
 * returning its pages to the system takes longer than an event loop may stand still.
 */
public final class Generation implements Leased {
    private static final int RETIRED = 1 << 31;
    private static final long LARGE = 16L << 20;
    private static final AtomicInteger OPEN = new AtomicInteger();

    private final long id;
    private final TableLayout layout;
    private final long[] attnums;
    private final Contents contents;
    private final String database;
    private final Sqlite anchor;
    private final MemoryBudget.Reservation memory;
    private final AtomicInteger leases = new AtomicInteger();
    private final Readers readers;
    private final Set<GenerationSet> sets = ConcurrentHashMap.newKeySet();
    private final List<Generation> alone = List.of(this);
    private final OrderKeyPositions places = new OrderKeyPositions();
    private @Nullable Provenance provenance;

    /**
     * What the load found.
     *
     * @param columnBytes the stored bytes of each column's values, by attribute number
     * @param columnFacts what was found of each column's values, by attribute number
     * @param uniqueKeys sets of attribute numbers, for each of which no two rows agree and none holds a null
     */
    record Contents(
            long rows,
            long bytes,
            Instant loadedAt,
            Map<Integer, Long> columnBytes,
            Map<Integer, ColumnFacts> columnFacts,
            List<Set<Integer>> uniqueKeys,
            List<String> indexes) {}

    Generation(
            long id,
            TableLayout layout,
            Contents contents,
            String database,
            Sqlite anchor,
            MemoryBudget.Reservation memory) {
        this.id = id;
        this.layout = layout;
        this.contents = contents;
        this.database = database;
        this.anchor = anchor;
        this.memory = memory;
        this.attnums = bits(layout.columns());
        this.readers = new Readers(database, this::countReader);
        OPEN.incrementAndGet();
    }

    /** A connection that does nothing but keep a finished database there. */
    static Sqlite anchor(String database) {
        Sqlite anchor = Sqlite.openImmutable(database);
        anchor.execute("PRAGMA cache_size=1", "SELECT 1 FROM t LIMIT 1");
        return anchor;
    }

    private static long[] bits(List<ColumnDefinition> columns) {
        int last = columns.get(columns.size() - 1).attnum();
        long[] bits = new long[(last >> 6) + 1];
        for (ColumnDefinition column : columns) {
            bits[column.attnum() >> 6] |= 1L << column.attnum();
        }
        return bits;
    }

    /** How many generations of this process hold memory, retired ones that are still leased included. */
    public static int open() {
        return OPEN.get();
    }

    /** How many SQLite connections this process has open. */
    public static int openConnections() {
        return Sqlite.openConnections();
    }

    /** A number that no other generation of this process has; later loads have higher ones. */
    public long id() {
        return id;
    }

    /** The table as it was defined when it was loaded. */
    public TableDefinition table() {
        return layout.table();
    }

    /** The columns it holds, by rising attribute number. */
    public List<ColumnDefinition> columns() {
        return layout.columns();
    }

    TableLayout layout() {
        return layout;
    }

    Contents contents() {
        return contents;
    }

    /** Says where the rows come from; before others see the generation. */
    public void comesFrom(@Nullable Provenance origin) {
        provenance = origin;
    }

    /** Where the rows come from, null where that is not known: then they must not outlive this process. */
    @Nullable
    public Provenance provenance() {
        return provenance;
    }

    /** Writes its pages to an empty file; under a lease. */
    public void writePages(Path file) {
        PageFile.write(database, contents.bytes(), file);
    }

    /** Whether it holds a column. */
    public boolean has(int attnum) {
        int word = attnum >> 6;
        return word >= 0 && word < attnums.length && (attnums[word] & 1L << attnum) != 0;
    }

    /** Whether it holds all of these columns. */
    public boolean covers(int[] wanted) {
        for (int attnum : wanted) {
            if (!has(attnum)) {
                return false;
            }
        }
        return true;
    }

    /** Where values lie in the orders of its columns. */
    public OrderKeyPositions places() {
        return places;
    }

    /** How many rows it has. */
    public long rows() {
        return contents.rows();
    }

    /** The bytes of its pages. */
    @Override
    public long bytes() {
        return contents.bytes();
    }

    /** When its load began: changes made before are in it. */
    public Instant loadedAt() {
        return contents.loadedAt();
    }

    /** The names of the upstream indexes that were rebuilt. */
    public List<String> indexes() {
        return contents.indexes();
    }

    /** The bytes of a column's values, without what rows and pages add. */
    public long columnBytes(int attnum) {
        return contents.columnBytes().getOrDefault(attnum, 0L);
    }

    /** What was found of the values of a column that it {@link #has}. */
    public ColumnFacts facts(int attnum) {
        ColumnFacts facts = contents.columnFacts().get(attnum);
        if (facts == null) {
            throw new IllegalArgumentException("no column " + attnum);
        }
        return facts;
    }

    /** All columns of table {@code t} in their order. */
    public List<StoredColumn> stored() {
        return layout.stored();
    }

    /** Whether the column is the table's rowid, so that a lookup by it is one descent of the tree. */
    public boolean rowidIs(int attnum) {
        return layout.rowid() == attnum;
    }

    /** Whether no two rows of this generation agree in all of these columns, proven by a unique index without nulls. */
    public boolean uniqueOn(Set<Integer> columns) {
        for (Set<Integer> key : contents.uniqueKeys()) {
            if (columns.containsAll(key)) {
                return true;
            }
        }
        return false;
    }

    /** Takes a lease; false when it has been retired. Lock-free, from any thread. */
    @Override
    public boolean tryAcquire() {
        for (; ; ) {
            int now = leases.get();
            if (now < 0) {
                return false;
            }
            if (leases.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    @Override
    public List<Generation> generations() {
        return alone;
    }

    /** Returns a lease. Borrowed readers must have been given back. */
    @Override
    public void release() {
        int now = leases.decrementAndGet();
        if (now == RETIRED) {
            freeSoon();
        } else if (now == -1 || now == Integer.MAX_VALUE) {
            throw new IllegalStateException("a lease was returned twice");
        }
    }

    /** Gives no more leases from now on, and frees the memory as soon as none is out. Can be called again. */
    public void retire() {
        if (leases.getAndUpdate(now -> now | RETIRED) == 0) {
            freeSoon();
        }
    }

    /** What {@link #retireIfIdle} would free now. */
    public long idleBytes() {
        if (leases.get() == 0) {
            return memory.bytes();
        }
        return 0;
    }

    /** Retires and frees it on this thread if nobody reads it; else changes nothing. */
    public boolean retireIfIdle() {
        if (!leases.compareAndSet(0, RETIRED)) {
            return false;
        }
        free();
        return true;
    }

    /**
     * The reader of one event loop, opened at its first use. Only that loop's thread may use it, and it is
     * not given back.
     *
     * @param slot the loop's number, small
     */
    @Override
    public Reader inlineReader(int slot) {
        return readers.inline(slot);
    }

    @Override
    public void giveBackInline(int slot, Reader reader) {
        // it stays the loop's own
    }

    /** Lends a reader to a worker thread or a suspended portal, until {@link #giveBack}. */
    @Override
    public Reader borrow() {
        return readers.borrow();
    }

    /** Takes a borrowed reader back, resetting its statements. Before the lease is returned. */
    @Override
    public void giveBack(Reader reader) {
        readers.giveBack(reader);
    }

    /** Counts the memory of so many more readers, which may read other generations as well. */
    void countReader(int more) {
        memory.add(more * Math.min(contents.bytes(), Reader.CACHE_BYTES));
    }

    /** The name of its SQLite database. */
    String database() {
        return database;
    }

    /** Notes that readers of a set are attached to this generation; under a lease. */
    void join(GenerationSet set) {
        sets.add(set);
    }

    void leave(GenerationSet set) {
        sets.remove(set);
    }

    private void freeSoon() {
        if (contents.bytes() < LARGE) {
            free();
        } else {
            Thread thread = new Thread(this::free, "sqlmem-free-" + id);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void free() {
        sets.forEach(GenerationSet::close);
        readers.close();
        anchor.close();
        memory.close();
        OPEN.decrementAndGet();
    }
}
