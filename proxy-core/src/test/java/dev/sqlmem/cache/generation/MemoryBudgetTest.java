package dev.sqlmem.cache.generation;

import static dev.sqlmem.cache.Tables.TEXT;
import static dev.sqlmem.cache.Tables.attnums;
import static dev.sqlmem.cache.Tables.column;
import static dev.sqlmem.cache.Tables.int4;
import static dev.sqlmem.cache.Tables.list;
import static dev.sqlmem.cache.Tables.tuple;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.LoadOutcome;
import dev.sqlmem.cache.TableCache;
import dev.sqlmem.cache.TableSource;
import dev.sqlmem.cache.Tables;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.TableDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tables of about 1 MiB each under a limit of 4 MiB, loaded on the calling thread. */
final class MemoryBudgetTest {
    private static final int LIMIT = 4 << 20;

    private final AtomicLong millis = new AtomicLong();
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis.incrementAndGet());
    private final MemoryBudget budget = new MemoryBudget(LIMIT);
    private final AtomicInteger rows = new AtomicInteger(1024);
    private final AtomicInteger loads = new AtomicInteger();

    private TableCache cache(String database) {
        TableSource source = (table, columns, sink) -> {
            loads.incrementAndGet();
            for (int row = 0; row < rows.get(); row++) {
                sink.row(columns.size() == 1 ? tuple(int4(row)) : tuple(int4(row), new byte[900]));
                assertThat(budget.used()).isLessThanOrEqualTo(LIMIT);
            }
        };
        return new TableCache(database, source, budget, Runnable::run, clock);
    }

    private static TableDefinition table(long oid) {
        return Tables.table(
                oid,
                "t" + oid,
                List.of(column(1, "a", Tables.INT4, true), column(2, "b", Tables.BYTEA, false)),
                List.of());
    }

    private static boolean has(TableCache cache, long oid) {
        Generation generation = cache.acquire(oid, attnums(1));
        if (generation == null) {
            return false;
        }
        generation.release();
        return true;
    }

    @Test
    void evictsTheLeastRecentlyUsedTableOfAnyDatabase() throws Exception {
        try (TableCache one = cache("one");
                TableCache two = cache("two")) {
            one.ensure(table(1), list(1, 2)).get();
            two.ensure(table(2), list(1, 2)).get();
            one.ensure(table(3), list(1, 2)).get();
            assertThat(has(one, 1)).isTrue();
            one.ensure(table(4), list(1, 2)).get();

            assertThat(has(two, 2)).isFalse();
            assertThat(has(one, 1)).isTrue();
            assertThat(has(one, 3)).isTrue();
            assertThat(has(one, 4)).isTrue();
            assertThat(budget.evictions()).isEqualTo(1);
            assertThat(two.status().get(0).state()).isEqualTo("absent");
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void evictsNoTableThatIsBeingRead() throws Exception {
        try (TableCache cache = cache("one")) {
            cache.ensure(table(1), list(1, 2)).get();
            cache.ensure(table(2), list(1, 2)).get();
            cache.ensure(table(3), list(1, 2)).get();
            Generation first = requireNonNull(cache.acquire(1, attnums(1)));
            assertThat(has(cache, 2)).isTrue();
            cache.ensure(table(4), list(1, 2)).get();

            assertThat(has(cache, 1)).isTrue();
            assertThat(has(cache, 3)).isFalse();
            first.release();
        }
    }

    /** The tables that answer must not pay for one that will never do: its load would only be tried again and again. */
    @Test
    void evictsNothingForATableThatIsTooLarge() throws Exception {
        try (TableCache cache = cache("one")) {
            for (int oid = 1; oid <= 3; oid++) {
                cache.ensure(table(oid), list(1, 2)).get();
            }
            long used = budget.used();
            rows.set(6000);
            LoadOutcome outcome = cache.ensure(table(4), list(1, 2)).get();

            assertThat(((LoadOutcome.Refused) outcome).reason()).contains("too large for the memory limit");
            assertThat(cache.status().get(3).reason()).contains("too large for the memory limit");
            assertThat(budget.evictions()).isZero();
            assertThat(List.of(has(cache, 1), has(cache, 2), has(cache, 3))).containsOnly(true);
            assertThat(budget.used()).isEqualTo(used);
        }
    }

    @Test
    void evictsAsMuchAsATableThatFitsNeeds() throws Exception {
        try (TableCache cache = cache("one")) {
            for (int oid = 1; oid <= 3; oid++) {
                cache.ensure(table(oid), list(1, 2)).get();
            }
            assertThat(loads.get()).isEqualTo(3);
            rows.set(2500);
            assertThat(cache.ensure(table(4), list(1, 2)).get()).isInstanceOf(LoadOutcome.Loaded.class);

            assertThat(List.of(has(cache, 1), has(cache, 2), has(cache, 3), has(cache, 4)))
                    .containsExactly(false, false, true, true);
            assertThat(loads.get()).as("one more to measure it").isEqualTo(5);
        }
    }

    @Test
    void evictsNothingWhereTheTablesBeingReadLeaveTooLittle() throws Exception {
        try (TableCache cache = cache("one")) {
            for (int oid = 1; oid <= 3; oid++) {
                cache.ensure(table(oid), list(1, 2)).get();
            }
            Generation first = requireNonNull(cache.acquire(1, attnums(1)));
            Generation second = requireNonNull(cache.acquire(2, attnums(1)));
            rows.set(2500);
            assertThat(cache.ensure(table(4), list(1, 2)).get()).isInstanceOf(LoadOutcome.Refused.class);

            assertThat(has(cache, 3)).isTrue();
            first.release();
            second.release();
        }
    }

    /** A table that has grown beyond the memory since it was loaded goes on answering with what it has. */
    @Test
    void keepsAGenerationWhoseRefreshIsTooLarge() throws Exception {
        try (TableCache cache = cache("one")) {
            cache.ensure(table(1), list(1, 2)).get();
            rows.set(6000);
            assertThat(cache.refresh(table(1)).get()).isInstanceOf(LoadOutcome.Refused.class);

            assertThat(has(cache, 1)).isTrue();
        }
    }

    @Test
    void refusesATableThatDoesNotFitAndKeepsCountingForNobody() throws Exception {
        try (TableCache cache = cache("one")) {
            rows.set(5000);
            LoadOutcome outcome = cache.ensure(table(1), list(1, 2)).get();

            assertThat(((LoadOutcome.Refused) outcome).reason()).contains("too large for the memory limit");
            assertThat(budget.used()).isZero();
            assertThat(cache.refusal(1, attnums(1, 2))).contains("too large");
            assertThat(cache.status().get(0).reason()).contains("too large");
        }
    }

    @Test
    void stopsWantingColumnsOfFormerTimesWhenTheyDoNotFit() throws Exception {
        try (TableCache cache = cache("one")) {
            cache.ensure(table(1), list(2)).get();
            cache.invalidate(1);
            rows.set(5000);

            assertThat(cache.ensure(table(1), list(1)).get()).isInstanceOf(LoadOutcome.Loaded.class);
            assertThat(cache.status().get(0).columns()).isEqualTo("a");
        }
    }

    @Test
    void doesNotBeginAHopelessLoad() throws Exception {
        TableDefinition huge = new TableDefinition(
                1, "public", "huge", 'r', List.of(column(1, "a", TEXT, false)), List.of(), 1e6, 1 << 30, null);
        TableSource untouched = (table, columns, sink) -> {
            throw new AssertionError("was loaded");
        };
        try (TableCache cache = new TableCache("db", untouched, budget, Runnable::run, clock)) {
            LoadOutcome outcome = cache.ensure(huge, list(1)).get();

            assertThat(((LoadOutcome.Refused) outcome).reason()).contains("1000000 rows", "limit is 4 MiB");
        }
    }

    @Test
    void leavesOutAnIndexThatDoesNotFit() throws Exception {
        TableDefinition wide = new TableDefinition(
                1,
                "public",
                "wide",
                'r',
                table(1).columns(),
                List.of(
                        new IndexDefinition("wide_b", false, false, List.of(2)),
                        new IndexDefinition("wide_pkey", true, true, List.of(1))),
                -1,
                0,
                null);
        try (TableCache cache = cache("one")) {
            rows.set(2500);
            assertThat(cache.ensure(wide, list(1, 2)).get()).isInstanceOf(LoadOutcome.Loaded.class);
            assertThat(cache.status().get(0).indexes()).isEmpty();
            assertThat(has(cache, 1)).isTrue();
            rows.set(500);
            cache.invalidate(1);
            cache.ensure(wide, list(1, 2)).get();
            assertThat(cache.status().get(0).indexes()).isEqualTo("wide_b");
            assertThat(budget.used()).isEqualTo(cache.status().get(0).bytes());
        }
    }
}
