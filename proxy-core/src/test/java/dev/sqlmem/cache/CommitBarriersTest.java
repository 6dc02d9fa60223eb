package dev.sqlmem.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.CommitBarriers.Barrier;
import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.catalog.TableDefinition;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Behind a barrier a table answers nobody, and behind its last one it answers again. */
final class CommitBarriersTest {
    private static final int[] A = {1};

    private final TableDefinition orders = Tables.integers(1, "orders", "a");
    private final TableDefinition items = Tables.integers(2, "items", "a");

    private TableCache loaded() {
        TableCache cache = new TableCache(
                "db", Tables.counting(3), new MemoryBudget(64 << 20), Runnable::run, InstantSource.system());
        cache.ensure(orders, List.of(1)).join();
        cache.ensure(items, List.of(1)).join();
        return cache;
    }

    private static boolean answers(TableCache cache, long oid) {
        Generation generation = cache.acquire(oid, A);
        if (generation != null) {
            generation.release();
        }
        assertThat(cache.refusal(oid, A) == null).isEqualTo(generation != null);
        return generation != null;
    }

    @Test
    void aBarrierIsAroundItsTablesOnly() {
        try (TableCache cache = loaded()) {
            Barrier barrier = cache.barriers().raise(Set.of(1L), CommitBarriers.COMMIT);
            assertThat(answers(cache, 1)).isFalse();
            assertThat(cache.refusal(1, A)).isEqualTo("a write to it is being committed");
            assertThat(answers(cache, 2)).isTrue();
            barrier.lower();
            assertThat(answers(cache, 1)).isTrue();
            assertThat(cache.barriers().count()).isZero();
        }
    }

    @Test
    void theLastOneCounts() {
        try (TableCache cache = loaded()) {
            Barrier first = cache.barriers().raise(Set.of(1L, 2L), CommitBarriers.COMMIT);
            Barrier second = cache.barriers().raise(Set.of(1L), CommitBarriers.LOCK);
            first.lower();
            first.lower();
            assertThat(answers(cache, 1)).isFalse();
            assertThat(answers(cache, 2)).isTrue();
            assertThat(cache.barriers().count()).isEqualTo(1);
            second.lower();
            assertThat(answers(cache, 1)).isTrue();
        }
    }

    @Test
    void oneAroundEverythingIsAroundTablesThatCameLaterToo() {
        try (TableCache cache = loaded()) {
            Barrier barrier = cache.barriers().raiseAroundEverything();
            cache.ensure(Tables.integers(3, "late", "a"), List.of(1)).join();
            for (long oid = 1; oid <= 3; oid++) {
                assertThat(answers(cache, oid)).isFalse();
            }
            barrier.lower();
            for (long oid = 1; oid <= 3; oid++) {
                assertThat(answers(cache, oid)).isTrue();
            }
        }
    }

    @Test
    void whatWasLeasedBeforeMayBeReadToItsEnd() {
        try (TableCache cache = loaded()) {
            Generation leased = requireNonNull(cache.acquire(1, A));
            Barrier barrier = cache.barriers().raise(Set.of(1L), CommitBarriers.COMMIT);
            assertThat(leased.rows()).isEqualTo(3);
            leased.release();
            barrier.lower();
        }
    }

    /** A load may have read the rows of before the commit. */
    @Test
    void whatWasLoadedBehindABarrierLeavesWithTheCommit() {
        try (TableCache cache = loaded()) {
            Barrier barrier = cache.barriers().raise(Set.of(1L), CommitBarriers.COMMIT);
            cache.refresh(orders).join();
            assertThat(answers(cache, 1)).isFalse();
            cache.invalidate(1);
            barrier.lower();
            assertThat(cache.acquire(1, A)).isNull();
        }
    }
}
