package dev.sqlmem.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Await;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lost commit is over when the server has its session no more, and not before. */
class LostCommitsTest {
    private final ExecutorService asker = Executors.newSingleThreadExecutor();
    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        asker.shutdownNow();
    }

    private void await(LostCommits lost) {
        lost.await(42, ended::countDown);
    }

    private boolean hasEnded() throws InterruptedException {
        return ended.await(30, TimeUnit.SECONDS);
    }

    @Test
    void asksUntilTheSessionHasEnded() throws InterruptedException {
        AtomicBoolean there = new AtomicBoolean(true);
        try (LostCommits lost = new LostCommits(
                (pid, began) -> {
                    assertThat(pid).isEqualTo(42);
                    asked.incrementAndGet();
                    return there.get();
                },
                asker,
                nanos::get)) {
            await(lost);
            Await.until("three questions", () -> asked.get() >= 3);
            assertThat(ended.getCount()).isEqualTo(1);
            there.set(false);
            assertThat(hasEnded()).isTrue();
        }
    }

    /** A server that can't be asked may still commit. */
    @Test
    void asksAgainWhereTheServerDoesNotAnswer() throws InterruptedException {
        AtomicBoolean reachable = new AtomicBoolean();
        try (LostCommits lost = new LostCommits(
                (pid, began) -> {
                    asked.incrementAndGet();
                    if (!reachable.get()) {
                        throw new SQLException("no connection", "08001");
                    }
                    return false;
                },
                asker,
                nanos::get)) {
            await(lost);
            Await.until("three questions", () -> asked.get() >= 3);
            assertThat(ended.getCount()).isEqualTo(1);
            reachable.set(true);
            assertThat(hasEnded()).isTrue();
        }
    }

    @Test
    void saysHowLongAgoTheSessionWasLost() throws InterruptedException {
        try (LostCommits lost = new LostCommits(
                (pid, began) -> {
                    boolean first = asked.getAndIncrement() == 0;
                    boolean right = began.equals(first ? Duration.ZERO : Duration.ofSeconds(5));
                    nanos.set(TimeUnit.SECONDS.toNanos(5));
                    return first || !right;
                },
                asker,
                nanos::get)) {
            await(lost);
            assertThat(hasEnded()).isTrue();
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void asksNoMoreOnceTheDatabaseIsClosed() throws InterruptedException {
        LostCommits lost = new LostCommits(
                (pid, began) -> {
                    asked.incrementAndGet();
                    return false;
                },
                asker,
                nanos::get);
        lost.close();
        await(lost);
        asker.shutdown();
        assertThat(asker.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(asked).hasValue(0);
        assertThat(ended.getCount()).isEqualTo(1);
    }
}
