package dev.sqlmem.cache;

import static dev.sqlmem.cache.Tables.NUMERIC;
import static dev.sqlmem.cache.Tables.attnums;
import static dev.sqlmem.cache.Tables.column;
import static dev.sqlmem.cache.Tables.counting;
import static dev.sqlmem.cache.Tables.int4;
import static dev.sqlmem.cache.Tables.list;
import static dev.sqlmem.cache.Tables.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.catalog.TableDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables with a time to live of ten seconds. The test is the loader: nothing is loaded before {@link #load}. */
final class TimeToLiveTest {
    private final MemoryBudget budget = new MemoryBudget(64 << 20);
    private final int openBefore = Generation.open();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final TableDefinition orders = Tables.integers(1, "orders", "a", "b");
    private long millis;
    private int rows = 1;
    private int loads;
    private TableSource source = (table, columns, sink) -> {
        loads++;
        counting(rows).load(table, columns, sink);
    };
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis);
    private final TableCache cache = new TableCache(
            "db",
            (table, columns, sink) -> source.load(table, columns, sink),
            budget,
            tasks::add,
            clock,
            table -> Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        cache.close();
        load();
        assertThat(Generation.open()).isEqualTo(openBefore);
        assertThat(budget.used()).isZero();
    }

    /** Runs the loads that are wanted, and those that come of them. */
    private void load() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void loaded(int... attnums) {
        cache.ensure(orders, list(attnums));
        load();
    }

    private @Nullable Long rowsRead(int... attnums) {
        Generation generation = cache.acquire(1, attnums(attnums));
        if (generation == null) {
            return null;
        }
        try {
            return generation.rows();
        } finally {
            generation.release();
        }
    }

    private TableStatus status() {
        return cache.status().get(0);
    }

    @Test
    void goesOnAnsweringWhileOneRefreshRuns() {
        loaded(1, 2);
        assertThat(status().nextRefresh()).isEqualTo(Instant.ofEpochMilli(10_000));
        rows = 2;
        millis = 10_000;
        for (int i = 0; i < 100; i++) {
            assertThat(rowsRead(1)).isEqualTo(1);
        }
        assertThat(tasks).as("one refresh for a hundred readers").hasSize(1);
        load();
        assertThat(rowsRead(1, 2)).isEqualTo(2);
        assertThat(loads).isEqualTo(2);
        assertThat(status().nextRefresh()).isEqualTo(Instant.ofEpochMilli(20_000));
        assertThat(status().timeToLive()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void isNotRefreshedWhileNobodyReadsIt() {
        loaded(1);
        millis = 15_000;
        assertThat(tasks).isEmpty();
        millis = 20_000;
        rows = 2;
        assertThat(rowsRead(1)).as("rows of two times to live ago").isNull();
        assertThat(cache.refusal(1, attnums(1))).isNull();
        assertThat(status().state()).isEqualTo("stale");
        var first = cache.ensure(orders, list(1));
        var second = cache.ensure(orders, list(1));
        load();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(loads).isEqualTo(2);
        assertThat(rowsRead(1)).isEqualTo(2);
        assertThat(status().state()).isEqualTo("ready");
    }

    @Test
    void keepsTheRowsWhenARefreshFailsAndTellsWhy() {
        loaded(1);
        TableSource good = source;
        source = (table, columns, sink) -> {
            throw new IOException("connection reset");
        };
        millis = 10_000;
        assertThat(rowsRead(1)).isEqualTo(1);
        load();
        assertThat(status().state()).isEqualTo("ready");
        assertThat(status().reason()).isEqualTo("the refresh failed: connection reset");
        millis = 14_999;
        assertThat(rowsRead(1)).isEqualTo(1);
        assertThat(tasks).as("not tried again at once").isEmpty();
        millis = 15_000;
        source = good;
        rows = 3;
        assertThat(rowsRead(1)).isEqualTo(1);
        load();
        assertThat(rowsRead(1)).isEqualTo(3);
        assertThat(status().reason()).isNull();
    }

    @Test
    void doesNotAnswerBeyondTheBoundHoweverRefreshesFail() {
        loaded(1);
        source = (table, columns, sink) -> {
            throw new IOException("connection reset");
        };
        for (millis = 10_000; millis < 100_000; millis += 1_000) {
            assertThat(rowsRead(1)).as("at %d", millis).isEqualTo(1);
            load();
        }
        assertThat(rowsRead(1)).isNull();
        millis += 3_600_000;
        cache.ensure(orders, list(1));
        load();
        assertThat(cache.refusal(1, attnums(1))).isEqualTo("connection reset");
    }

    @Test
    void refreshesTheOtherColumnsWhenOneCannotBeHeldAnyMore() {
        TableDefinition prices = Tables.table(
                1,
                "prices",
                List.of(column(1, "id", Tables.INT4, true), column(2, "price", NUMERIC, false)),
                List.of());
        source = (table, columns, sink) ->
                sink.row(columns.size() == 1 ? tuple(int4(1)) : tuple(int4(1), new byte[] {0, 0, 0, 0, 0, 0, 0, 2}));
        cache.ensure(prices, list(1, 2));
        load();
        assertThat(rowsRead(1, 2)).isEqualTo(1);
        source = (table, columns, sink) ->
                sink.row(columns.size() == 1 ? tuple(int4(1)) : tuple(int4(1), Tables.numericNaN()));
        millis = 10_000;
        assertThat(rowsRead(2)).isEqualTo(1);
        load();
        millis = 11_000;
        assertThat(rowsRead(2)).as("as of the last good load").isEqualTo(1);
        load();
        assertThat(rowsRead(1)).isEqualTo(1);
        assertThat(rowsRead(2)).isNull();
        assertThat(cache.refusal(1, attnums(2))).contains("column price");
        assertThat(status().nextRefresh()).isEqualTo(Instant.ofEpochMilli(21_000));
    }

    @Test
    void anInvalidationDuringARefreshMakesItStartAnew() {
        loaded(1);
        millis = 10_000;
        source = (table, columns, sink) -> {
            loads++;
            int seen = rows;
            if (loads == 2) {
                rows = 2;
                cache.invalidate(1); // a write commits while the refresh reads what was before it
            }
            counting(seen).load(table, columns, sink);
        };
        assertThat(rowsRead(1)).isEqualTo(1);
        load();
        assertThat(loads).isEqualTo(3);
        assertThat(rowsRead(1)).isEqualTo(2);
    }

    @Test
    void aRefreshThatComesTooLateChangesNothing() {
        loaded(1);
        millis = 10_000;
        assertThat(rowsRead(1)).isEqualTo(1);
        cache.invalidate(1);
        load();
        assertThat(rowsRead(1)).isNull();
        assertThat(status().state()).isEqualTo("absent");
        assertThat(status().nextRefresh()).isNull();
        loaded(1);
        assertThat(rowsRead(1)).isEqualTo(1);
        assertThat(status().reason()).isNull();
    }

    @Test
    void aWiderLoadCountsAsARefresh() {
        loaded(1);
        millis = 9_000;
        rows = 2;
        loaded(2);
        millis = 18_999;
        assertThat(rowsRead(1, 2)).isEqualTo(2);
        assertThat(tasks).isEmpty();
        assertThat(loads).isEqualTo(2);
    }
}
