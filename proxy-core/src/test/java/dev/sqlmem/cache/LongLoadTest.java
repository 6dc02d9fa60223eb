package dev.sqlmem.cache;

import static dev.sqlmem.cache.Tables.attnums;
import static dev.sqlmem.cache.Tables.counting;
import static dev.sqlmem.cache.Tables.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.catalog.TableDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who should wait for a load that is under way, and whether what is wanted comes with it. */
class LongLoadTest {
    private static final Duration HOURS = Duration.ofHours(2);

    private final ExecutorService loaders = Executors.newFixedThreadPool(1);
    private final TableDefinition orders = Tables.integers(1, "orders", "a", "b", "c", "d");
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);
    private final TableCache cache = new TableCache(
            "db",
            (table, columns, sink) -> {
                begun.countDown();
                finish.await();
                counting(3).load(table, columns, sink);
            },
            new MemoryBudget(64 << 20),
            loaders,
            InstantSource.system());
    private CompletableFuture<LoadOutcome> load = new CompletableFuture<>();

    @BeforeEach
    void start() throws InterruptedException {
        load = cache.ensure(orders, list(1, 2));
        begun.await();
    }

    @AfterEach
    void stop() throws InterruptedException {
        finish.countDown();
        cache.close();
        loaders.shutdown();
        assertThat(loaders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void aLoadThatHasTakenLongerIsNotWaitedFor() {
        assertThat(cache.loadsBeyond(1, attnums(1), Duration.ZERO)).isTrue();
        assertThat(cache.loadsBeyond(1, attnums(1), HOURS)).isFalse();
        assertThat(cache.loadsBeyond(2, attnums(1), Duration.ZERO)).isFalse();
    }

    @Test
    void whatIsThereIsNotWaitedForAtAll() throws Exception {
        finish.countDown();
        load.get();

        assertThat(cache.loadsBeyond(1, attnums(1, 2), Duration.ZERO)).isFalse();
        assertThat(cache.isComing(1, attnums(1, 2))).isTrue();
        assertThat(cache.isComing(1, attnums(1, 3))).isFalse();
    }

    @Test
    void columnsComeWithTheRunningLoadOrWithTheNextOnceSomebodyWantsThem() {
        assertThat(cache.isComing(1, attnums(1, 2))).isTrue();
        assertThat(cache.isComing(1, attnums())).isTrue();
        assertThat(cache.isComing(1, attnums(3))).isFalse();

        cache.ensure(orders, list(3));

        assertThat(cache.isComing(1, attnums(3))).isTrue();
        assertThat(cache.isComing(1, attnums(4))).isFalse();
    }

    @Test
    void aLoadThatAWriteHasOvertakenStillComesForThoseWhoWaitForIt() {
        cache.invalidate(1);

        assertThat(cache.isComing(1, attnums(1, 2))).isTrue();
        assertThat(cache.isComing(1, attnums(2))).isTrue();
    }
}
