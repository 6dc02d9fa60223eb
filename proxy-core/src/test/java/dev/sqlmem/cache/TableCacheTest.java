package dev.sqlmem.cache;

import static dev.sqlmem.cache.Tables.NUMERIC;
import static dev.sqlmem.cache.Tables.attnums;
import static dev.sqlmem.cache.Tables.column;
import static dev.sqlmem.cache.Tables.counting;
import static dev.sqlmem.cache.Tables.int4;
import static dev.sqlmem.cache.Tables.list;
import static dev.sqlmem.cache.Tables.longs;
import static dev.sqlmem.cache.Tables.tuple;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.generation.ColumnStatus;
import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TextOrder;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TableCacheTest {
    private final AtomicLong millis = new AtomicLong();
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
    private final MemoryBudget budget = new MemoryBudget(64 << 20);
    private final ExecutorService loaders = Executors.newFixedThreadPool(2);
    private final List<List<String>> loaded = new ArrayList<>();
    private final int openBefore = Generation.open();
    private final TableDefinition orders = Tables.integers(1, "orders", "a", "b", "c", "d");

    @AfterEach
    void stop() throws InterruptedException {
        loaders.shutdown();
        assertThat(loaders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Generation.open()).isEqualTo(openBefore);
        assertThat(budget.used()).isZero();
    }

    private TableCache cache(TableSource source) {
        TableSource noting = (table, columns, sink) -> {
            synchronized (loaded) {
                loaded.add(columns.stream().map(ColumnDefinition::name).toList());
            }
            source.load(table, columns, sink);
        };
        return new TableCache("db", noting, budget, loaders, clock);
    }

    private static Generation acquire(TableCache cache, long oid, int... attnums) {
        return requireNonNull(cache.acquire(oid, attnums));
    }

    private static String reason(CompletableFuture<LoadOutcome> outcome) throws Exception {
        return ((LoadOutcome.Refused) outcome.get()).reason();
    }

    @Test
    void accumulatesColumns() throws Exception {
        try (TableCache cache = cache(counting(3))) {
            assertThat(cache.acquire(1, attnums(1, 2))).isNull();
            assertThat(cache.ensure(orders, list(1, 2)).get()).isInstanceOf(LoadOutcome.Loaded.class);
            assertThat(cache.acquire(1, attnums(1, 4))).isNull();
            assertThat(cache.ensure(orders, list(1, 4)).get()).isInstanceOf(LoadOutcome.Loaded.class);
            Generation generation = acquire(cache, 1, 2, 4);

            assertThat(generation.has(3)).isFalse();
            assertThat(longs(generation.inlineReader(0), "SELECT t.\"c4\" FROM t WHERE t.\"c2\" = 2002"))
                    .containsExactly(4002L);
            generation.release();
            assertThat(cache.ensure(orders, list(2)).get()).isInstanceOf(LoadOutcome.Loaded.class);
            assertThat(loaded).containsExactly(List.of("a", "b"), List.of("a", "b", "d"));
        }
    }

    @Test
    void loadsOnceForAHundredThreads() throws Exception {
        CountDownLatch asked = new CountDownLatch(100);
        TableSource source = (table, columns, sink) -> {
            asked.await();
            counting(10).load(table, columns, sink);
        };
        try (TableCache cache = cache(source)) {
            ExecutorService clients = Executors.newFixedThreadPool(100);
            List<Future<LoadOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                outcomes.add(clients.submit(() -> {
                    CompletableFuture<LoadOutcome> outcome = cache.ensure(orders, list(1, 2));
                    asked.countDown();
                    return outcome.get();
                }));
            }
            for (Future<LoadOutcome> outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(LoadOutcome.Loaded.class);
            }
            clients.shutdown();

            assertThat(loaded).hasSize(1);
        }
    }

    @Test
    void answersFromTheOldGenerationWhileAWiderOneLoads() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        TableSource source = (table, columns, sink) -> {
            if (columns.size() > 1) {
                goOn.await();
            }
            counting(5).load(table, columns, sink);
        };
        try (TableCache cache = cache(source)) {
            cache.ensure(orders, list(1)).get();
            Generation old = acquire(cache, 1, 1);
            CompletableFuture<LoadOutcome> wider = cache.ensure(orders, list(2));
            CompletableFuture<LoadOutcome> widest = cache.ensure(orders, list(3));

            assertThat(cache.status().get(0).state()).isEqualTo("ready");
            assertThat(cache.status().get(0).loading()).isNotNull();
            assertThat(cache.loading()).singleElement().satisfies(load -> {
                assertThat(load.table()).isEqualTo("public.orders");
                assertThat(load.rows()).isZero();
            });
            Generation meanwhile = acquire(cache, 1, 1);
            assertThat(meanwhile).isSameAs(old);
            meanwhile.release();
            goOn.countDown();
            wider.get();
            widest.get();
            assertThat(longs(old.inlineReader(0), "SELECT t.\"c1\" FROM t")).hasSize(5);
            old.release();
            acquire(cache, 1, 1, 2, 3).release();
            assertThat(loaded).containsExactly(List.of("a"), List.of("a", "b"), List.of("a", "b", "c"));
        }
    }

    @Test
    void discardsALoadThatBeganBeforeAnInvalidation() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger rows = new AtomicInteger(1);
        TableSource source = (table, columns, sink) -> {
            int seen = rows.get();
            loading.countDown();
            goOn.await();
            counting(seen).load(table, columns, sink);
        };
        try (TableCache cache = cache(source)) {
            CompletableFuture<LoadOutcome> outcome = cache.ensure(orders, list(1));
            loading.await();
            rows.set(2);
            assertThat(cache.invalidate(1)).isEqualTo(1);
            goOn.countDown();

            assertThat(((LoadOutcome.Loaded) outcome.get()).rows()).isEqualTo(2);
            assertThat(loaded).hasSize(2);
            assertThat(cache.status().get(0).loads()).isEqualTo(1);
        }
    }

    @Test
    void givesUpOnATableThatChangesAllTheTime() throws Exception {
        TableCache[] holder = new TableCache[1];
        TableSource source = (table, columns, sink) -> {
            holder[0].invalidate(1);
            counting(1).load(table, columns, sink);
        };
        try (TableCache cache = cache(source)) {
            holder[0] = cache;

            assertThat(reason(cache.ensure(orders, list(1)))).contains("changed more often");
            assertThat(loaded).hasSize(3);
        }
    }

    @Test
    void invalidatesByOidByNameAndAltogether() throws Exception {
        TableDefinition other = Tables.integers(2, "other", "a");
        try (TableCache cache = cache(counting(1))) {
            cache.ensure(orders, list(1)).get();
            cache.ensure(other, list(1)).get();
            Generation leased = acquire(cache, 1, 1);

            assertThat(cache.invalidate(3)).isZero();
            assertThat(cache.invalidate(1)).isEqualTo(1);
            assertThat(cache.acquire(1, attnums(1))).isNull();
            assertThat(longs(leased.inlineReader(0), "SELECT 1 FROM t")).hasSize(1);
            leased.release();
            assertThat(cache.invalidateNamed("private", "other")).isZero();
            assertThat(cache.invalidateNamed("public", "other")).isEqualTo(1);
            cache.ensure(other, list(1)).get();
            assertThat(cache.invalidateNamed(null, "other")).isEqualTo(1);
            cache.ensure(orders, list(1)).get();
            cache.ensure(other, list(1)).get();
            assertThat(cache.invalidateAll()).isEqualTo(2);
            assertThat(cache.acquire(2, attnums(1))).isNull();
        }
    }

    @Test
    void refusesAColumnThatHoldsNaNButNotTheOthers() throws Exception {
        TableDefinition prices = Tables.table(
                1,
                "prices",
                List.of(column(1, "id", Tables.INT4, true), column(2, "price", NUMERIC, false)),
                List.of());
        TableSource source = (table, columns, sink) ->
                sink.row(columns.size() == 1 ? tuple(int4(1)) : tuple(int4(1), Tables.numericNaN()));
        try (TableCache cache = cache(source)) {
            assertThat(reason(cache.ensure(prices, list(1, 2)))).contains("column price", "exactly");
            assertThat(cache.ensure(prices, list(1)).get()).isInstanceOf(LoadOutcome.Loaded.class);
            assertThat(cache.refusal(1, attnums(1))).isNull();
            assertThat(cache.refusal(1, attnums(2))).contains("price");
            reason(cache.ensure(prices, list(2)));
            assertThat(loaded).as("remembered").hasSize(2);
            millis.addAndGet(60_000);
            assertThat(cache.refusal(1, attnums(2))).isNull();
            reason(cache.ensure(prices, list(2)));
            assertThat(loaded).as("tried again").hasSize(3);
            millis.addAndGet(60_000);
            assertThat(cache.refusal(1, attnums(2))).as("twice as long").isNotNull();
            cache.invalidateNamed(null, "prices");
            assertThat(cache.refusal(1, attnums(2))).isNull();
        }
    }

    @Test
    void loadsTheRestForThoseWhoDoNotNeedTheRefusedColumn() throws Exception {
        TableDefinition prices = Tables.table(
                1,
                "prices",
                List.of(column(1, "id", Tables.INT4, true), column(2, "price", NUMERIC, false)),
                List.of());
        CountDownLatch goOn = new CountDownLatch(1);
        TableSource source = (table, columns, sink) -> {
            goOn.await();
            sink.row(columns.size() == 1 ? tuple(int4(1)) : tuple(int4(1), Tables.numericNaN()));
        };
        try (TableCache cache = cache(source)) {
            CompletableFuture<LoadOutcome> both = cache.ensure(prices, list(1, 2));
            CompletableFuture<LoadOutcome> one = cache.ensure(prices, list(1));
            goOn.countDown();

            assertThat(reason(both)).contains("price");
            assertThat(one.get()).isInstanceOf(LoadOutcome.Loaded.class);
        }
    }

    @Test
    void refusesWhatCannotBeCachedWithoutALoad() throws Exception {
        ColumnDefinition opaque =
                new ColumnDefinition(2, "doc", Tables.MONEY, "money", -1, false, TextOrder.NOT_TEXT, null);
        ColumnDefinition barred =
                new ColumnDefinition(3, "x", Tables.INT4, "integer", -1, false, TextOrder.NOT_TEXT, "a domain");
        TableDefinition table =
                Tables.table(1, "t", List.of(column(1, "a", Tables.INT4, true), opaque, barred), List.of());
        TableDefinition view = new TableDefinition(2, "public", "v", 'v', table.columns(), List.of(), -1, 0, "a view");
        TableDefinition bare = Tables.table(3, "bare", List.of(opaque), List.of());
        try (TableCache cache = cache(counting(1))) {
            assertThat(reason(cache.ensure(table, list(1, 2)))).isEqualTo("column doc: type money");
            assertThat(reason(cache.ensure(table, list(3)))).isEqualTo("column x: a domain");
            assertThat(reason(cache.ensure(table, list(9)))).contains("no column 9");
            assertThat(reason(cache.ensure(view, list(1)))).isEqualTo("a view");
            assertThat(reason(cache.ensure(bare, list()))).contains("no column");
            assertThat(loaded).isEmpty();
        }
    }

    @Test
    void holdsTheRowsForStatementsThatReadNoColumn() throws Exception {
        try (TableCache cache = cache(counting(4))) {
            cache.ensure(orders, list()).get();
            Generation generation = acquire(cache, 1);

            assertThat(longs(generation.inlineReader(0), "SELECT count(*) FROM t"))
                    .containsExactly(4L);
            generation.release();
        }
    }

    @Test
    void remembersThatTheUpstreamFailed() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        TableSource source = (table, columns, sink) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IOException("connection reset");
            }
            counting(1).load(table, columns, sink);
        };
        try (TableCache cache = cache(source)) {
            assertThat(reason(cache.ensure(orders, list(1)))).isEqualTo("connection reset");
            assertThat(cache.status().get(0).state()).isEqualTo("refused");
            assertThat(reason(cache.ensure(orders, list(1)))).isEqualTo("connection reset");
            millis.addAndGet(5_000);
            assertThat(cache.ensure(orders, list(1)).get()).isInstanceOf(LoadOutcome.Loaded.class);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void findsTheReasonThoughTheSourceWrapsIt() throws Exception {
        TableDefinition prices = Tables.table(1, "p", List.of(column(1, "price", NUMERIC, false)), List.of());
        TableSource source = (table, columns, sink) -> {
            try {
                sink.row(tuple(Tables.numericNaN()));
            } catch (LoadRefusedException e) {
                throw new IOException("copy failed", e);
            }
        };
        try (TableCache cache = cache(source)) {
            assertThat(reason(cache.ensure(prices, list(1)))).contains("column price");
        }
    }

    @Test
    void loadsATableWhoseChildrenRepeatTheKey() throws Exception {
        TableSource source = Tables.rows(tuple(int4(1), int4(10)), tuple(int4(1), int4(11)));
        try (TableCache cache = cache(source)) {
            cache.ensure(orders, list(1, 2)).get();
            Generation generation = acquire(cache, 1, 1);

            assertThat(generation.uniqueOn(Set.of(1))).isFalse();
            assertThat(longs(generation.inlineReader(0), "SELECT t.\"c2\" FROM t WHERE t.\"c1\" = 1 ORDER BY 1"))
                    .containsExactly(10L, 11L);
            generation.release();
        }
    }

    @Test
    void refreshesWhileTheOldGenerationAnswers() throws Exception {
        AtomicInteger rows = new AtomicInteger(1);
        try (TableCache cache =
                cache((table, columns, sink) -> counting(rows.get()).load(table, columns, sink))) {
            cache.ensure(orders, list(1, 3)).get();
            rows.set(2);

            assertThat(((LoadOutcome.Loaded) cache.refresh(orders).get()).rows())
                    .isEqualTo(2);
            assertThat(loaded).containsExactly(List.of("a", "c"), List.of("a", "c"));
        }
    }

    @Test
    void dropsATableWhoseColumnsChangeButNotForNewStatistics() throws Exception {
        try (TableCache cache = cache(counting(1))) {
            cache.ensure(orders, list(1, 2)).get();
            cache.definitionChanged(new TableDefinition(
                    1,
                    "public",
                    "orders",
                    'r',
                    orders.columns().subList(0, 3),
                    List.of(new IndexDefinition("new", false, false, List.of(2))),
                    1000,
                    1 << 20,
                    null));
            acquire(cache, 1, 1, 2).release();
            List<ColumnDefinition> columns = new ArrayList<>(orders.columns());
            columns.set(1, column(2, "b", NUMERIC, false));
            cache.definitionChanged(Tables.table(1, "orders", columns, List.of()));

            assertThat(cache.acquire(1, attnums(1))).isNull();
        }
    }

    @Test
    void forgetsADroppedTable() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TableSource source = (table, columns, sink) -> {
            loading.countDown();
            goOn.await();
            counting(1).load(table, columns, sink);
        };
        try (TableCache cache = cache(source)) {
            CompletableFuture<LoadOutcome> outcome = cache.ensure(orders, list(1));
            loading.await();
            cache.forget(1);

            assertThat(reason(outcome)).isEqualTo("the table is gone");
            assertThat(cache.status()).isEmpty();
            goOn.countDown();
        }
    }

    @Test
    void refusesWhenClosed() throws Exception {
        TableCache cache = cache(counting(1));
        cache.ensure(orders, list(1)).get();
        cache.close();

        assertThat(cache.acquire(1, attnums(1))).isNull();
        assertThat(reason(cache.ensure(orders, list(1)))).isEqualTo("the cache is closed");
    }

    @Test
    void reportsItsTables() throws Exception {
        try (TableCache cache = cache(counting(3))) {
            millis.set(5000);
            cache.ensure(orders, list(2, 1)).get();
            cache.hit(1);
            cache.hit(1);
            cache.miss(1);
            TableStatus status = cache.status().get(0);

            assertThat(status.columns()).isEqualTo("a, b");
            assertThat(status.state()).isEqualTo("ready");
            assertThat(status.rows()).isEqualTo(3);
            assertThat(status.bytes()).isPositive();
            assertThat(status.loadedAt()).isEqualTo(Instant.ofEpochMilli(5000));
            assertThat(status.hits()).isEqualTo(2);
            assertThat(status.misses()).isEqualTo(1);
            assertThat(status.loading()).isNull();
            assertThat(cache.columnStatus())
                    .containsExactly(
                            new ColumnStatus("public", "orders", "a", "type 23", "integer", "-", 12),
                            new ColumnStatus("public", "orders", "b", "type 23", "integer", "-", 12));
            cache.invalidate(1);
            assertThat(cache.status().get(0).state()).isEqualTo("absent");
        }
    }
}
