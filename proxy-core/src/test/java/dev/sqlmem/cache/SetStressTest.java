package dev.sqlmem.cache;

import static dev.sqlmem.cache.Tables.int4;
import static dev.sqlmem.cache.Tables.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.TableUse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Joins over changing sets of tables at full speed while the tables are invalidated and loaded anew: no
 * join sees a table from before its last invalidation, and nothing stays open.
 */
final class SetStressTest {
    private static final int TABLES = 5;
    private static final int CYCLES = 400;
    private static final int READERS = 4;

    private final AtomicIntegerArray upstream = new AtomicIntegerArray(TABLES + 1);
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<TableUse> uses = IntStream.rangeClosed(1, TABLES)
            .mapToObj(oid -> new TableUse(Tables.integers(oid, "t" + oid, "a", "b"), List.of(1, 2)))
            .toList();

    @Test
    void nothingLeaksAndNobodyReadsTheWrongGeneration() throws Exception {
        int open = Generation.open();
        int connections = Generation.openConnections();
        MemoryBudget budget = new MemoryBudget(64 << 20);
        ExecutorService loaders = Executors.newFixedThreadPool(2);
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        TableSource source = (definition, columns, sink) -> {
            int version = upstream.get((int) definition.oid());
            for (int row = 0; row < 50; row++) {
                sink.row(tuple(int4(row), int4(version)));
            }
        };
        TableCache cache = new TableCache("db", source, budget, loaders, InstantSource.system());
        List<Future<Long>> reads = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            int slot = i;
            reads.add(readers.submit(() -> read(cache, slot)));
        }
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            int oid = 1 + cycle % TABLES;
            cache.ensure(uses.get(oid - 1).table(), List.of(1, 2)).get();
            upstream.incrementAndGet(oid);
            cache.invalidate(oid);
        }
        over.set(true);
        for (Future<Long> read : reads) {
            assertThat(read.get()).isPositive();
        }
        cache.close();
        loaders.shutdown();
        readers.shutdown();

        assertThat(loaders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Generation.open()).isEqualTo(open);
        assertThat(Generation.openConnections()).isEqualTo(connections);
        assertThat(budget.used()).isZero();
        assertThat(cache.sets()).isZero();
    }

    private long read(TableCache cache, int slot) {
        List<ReadQuery> queries =
                IntStream.rangeClosed(0, TABLES).mapToObj(SetStressTest::join).toList();
        long seen = 0;
        for (int turn = 0; !over.get() || seen == 0; turn++) {
            int from = turn % (TABLES - 1);
            List<TableUse> chosen = uses.subList(from, Math.min(TABLES, from + 2 + turn % 3));
            int[] before = chosen.stream()
                    .mapToInt(use -> upstream.get((int) use.oid()))
                    .toArray();
            Leased leased = cache.acquire(chosen);
            if (leased == null) {
                chosen.forEach(
                        use -> cache.ensure(use.table(), use.attnumList()).join());
                continue;
            }
            boolean inline = slot % 2 == 0;
            Reader reader = inline ? leased.inlineReader(slot) : leased.borrow();
            Statement statement = reader.statement(queries.get(chosen.size()));
            assertThat(statement.step()).isTrue();
            assertThat(statement.columnLong(0)).isEqualTo(50);
            for (int i = 0; i < chosen.size(); i++) {
                // The version is raised before the invalidation: one version back is still allowed, two are not.
                assertThat(statement.columnLong(1 + i)).isGreaterThanOrEqualTo(before[i] - 1L);
            }
            statement.reset();
            if (inline) {
                leased.giveBackInline(slot, reader);
            } else {
                leased.giveBack(reader);
            }
            leased.release();
            seen++;
        }
        return seen;
    }

    private static ReadQuery join(int tables) {
        StringBuilder columns = new StringBuilder("SELECT count(*)");
        StringBuilder from = new StringBuilder();
        for (int i = 0; i < tables; i++) {
            columns.append(", min(r").append(i).append(".c2)");
            from.append(i == 0 ? " FROM " : " JOIN ")
                    .append(Reader.schema(i))
                    .append(".t AS r")
                    .append(i);
            from.append(i == 0 ? "" : " ON r0.c1 = r" + i + ".c1");
        }
        return new ReadQuery(columns.append(from).toString(), 0);
    }
}
