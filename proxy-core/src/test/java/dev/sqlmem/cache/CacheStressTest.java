package dev.sqlmem.cache;

import static dev.sqlmem.cache.Tables.attnums;
import static dev.sqlmem.cache.Tables.int4;
import static dev.sqlmem.cache.Tables.list;
import static dev.sqlmem.cache.Tables.longs;
import static dev.sqlmem.cache.Tables.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.TableDefinition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Readers at full speed on inline and borrowed readers while the table is invalidated, widened and loaded
 * anew: no reader sees a torn load or one from before the last invalidation, and nothing stays open.
 */
final class CacheStressTest {
    private static final int CYCLES = 300;
    private static final int READERS = 4;
    private static final ReadQuery AGREE = new ReadQuery("SELECT min(t.\"c2\"), max(t.\"c2\"), count(*) FROM t", 0);

    private final TableDefinition table = Tables.integers(1, "t", "a", "b", "c");
    private final AtomicInteger upstream = new AtomicInteger(1);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void nothingLeaksAndNobodyReadsTheWrongGeneration() throws Exception {
        int open = Generation.open();
        int connections = Generation.openConnections();
        MemoryBudget budget = new MemoryBudget(64 << 20);
        ExecutorService loaders = Executors.newFixedThreadPool(2);
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        TableSource source = (definition, columns, sink) -> {
            int version = upstream.get();
            for (int row = 0; row < 100; row++) {
                sink.row(
                        columns.size() == 2
                                ? tuple(int4(row), int4(version))
                                : tuple(int4(row), int4(version), int4(version)));
            }
        };
        TableCache cache = new TableCache("db", source, budget, loaders, InstantSource.system());
        List<Future<Long>> reads = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            int slot = i;
            reads.add(readers.submit(() -> read(cache, slot)));
        }
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            cache.ensure(table, cycle % 3 == 0 ? list(1, 2, 3) : list(1, 2)).get();
            upstream.incrementAndGet();
            cache.invalidate(1);
        }
        over.set(true);
        long seen = 0;
        for (Future<Long> read : reads) {
            seen += read.get();
        }
        cache.close();
        loaders.shutdown();
        readers.shutdown();

        assertThat(loaders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(seen).isPositive();
        assertThat(Generation.open()).isEqualTo(open);
        assertThat(Generation.openConnections()).isEqualTo(connections);
        assertThat(budget.used()).isZero();
    }

    private long read(TableCache cache, int slot) {
        long seen = 0;
        while (!over.get() || seen == 0) {
            int before = upstream.get();
            Generation generation = cache.acquire(1, attnums(1, 2));
            if (generation == null) {
                if (over.get()) {
                    cache.ensure(table, list(1, 2)).join();
                }
                continue;
            }
            boolean inline = slot % 2 == 0;
            Reader reader = inline ? generation.inlineReader(slot) : generation.borrow();
            Statement statement = reader.statement(AGREE);
            assertThat(statement.step()).isTrue();
            assertThat(statement.columnLong(0)).isEqualTo(statement.columnLong(1));
            // The version is raised before the invalidation: one version back is still allowed, two are not.
            assertThat(statement.columnLong(0)).isGreaterThanOrEqualTo(before - 1L);
            assertThat(statement.columnLong(2)).isEqualTo(100);
            statement.reset();
            assertThat(longs(reader, "SELECT t.\"c1\" FROM t WHERE t.\"c1\" = 42"))
                    .containsExactly(42L);
            if (!inline) {
                generation.giveBack(reader);
            }
            generation.release();
            seen++;
        }
        return seen;
    }
}
