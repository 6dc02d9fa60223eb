package dev.sqlmem.cache.generation;

import static dev.sqlmem.cache.Tables.longs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.TableCache;
import dev.sqlmem.cache.Tables;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableUse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements over several generations: what they see, and that nothing of theirs stays open. */
final class GenerationSetTest {
    private static final int ROWS = 100;

    private final MemoryBudget budget = new MemoryBudget(64 << 20);
    private final TableCache cache =
            new TableCache("db", Tables.counting(ROWS), budget, Runnable::run, InstantSource.system());
    private int openBefore;
    private int connectionsBefore;

    @BeforeEach
    void count() {
        openBefore = Generation.open();
        connectionsBefore = Generation.openConnections();
    }

    @AfterEach
    void nothingStaysOpen() {
        cache.close();
        assertThat(Generation.open()).isEqualTo(openBefore);
        assertThat(Generation.openConnections()).isEqualTo(connectionsBefore);
        assertThat(budget.used()).isZero();
        assertThat(cache.sets()).isZero();
    }

    private static List<TableUse> uses(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(oid -> {
                    TableDefinition table = Tables.integers(oid, "t" + oid, "a", "b");
                    return new TableUse(table, List.of(1, 2));
                })
                .toList();
    }

    private Leased acquire(List<TableUse> uses) {
        uses.forEach(use -> cache.ensure(use.table(), use.attnumList()).join());
        return Objects.requireNonNull(cache.acquire(uses));
    }

    private static String join(int tables) {
        String from = IntStream.range(0, tables)
                .mapToObj(i -> Reader.schema(i) + ".t AS r" + i)
                .reduce((left, right) -> left + " JOIN " + right + " USING (c1)")
                .orElseThrow();
        return "SELECT count(*) FROM " + from;
    }

    @Test
    void joinsAsManyDatabasesAsAStatementMayRead() {
        List<TableUse> uses = uses(1, GenerationSet.MOST_TABLES);
        Leased leased = acquire(uses);
        Reader reader = leased.inlineReader(0);
        assertThat(longs(reader, join(uses.size()))).containsExactly((long) ROWS);
        leased.giveBackInline(0, reader);
        assertThat(leased.inlineReader(0)).isSameAs(reader);
        leased.giveBackInline(0, reader);
        leased.release();
    }

    @Test
    void returnsTheMemoryOfEachTableAsSoonAsNobodyReadsIt() {
        List<TableUse> uses = uses(1, 3);
        Leased leased = acquire(uses);
        long loaded = budget.used();
        int connections = Generation.openConnections();
        Reader first = leased.borrow();
        Reader second = leased.borrow();
        assertThat(Generation.openConnections()).isEqualTo(connections + 2);
        assertThat(budget.used()).isGreaterThan(loaded);
        leased.giveBack(second);

        cache.invalidate(2);
        assertThat(longs(first, join(3))).containsExactly((long) ROWS);
        assertThat(cache.acquire(uses)).isNull();
        assertThat(Generation.open()).isEqualTo(openBefore + 3);
        leased.giveBack(first);
        leased.release();

        assertThat(Generation.open()).isEqualTo(openBefore + 2);
        assertThat(cache.sets()).isZero();
        assertThat(budget.used()).isEqualTo(loaded / 3 * 2);
        assertThat(Generation.openConnections()).isEqualTo(connections - 1);
    }

    @Test
    void sharesASetAndKeepsNotTooManyOfThem() {
        List<TableUse> all = uses(1, 16);
        Leased all16 = acquire(all.subList(0, 2));
        assertThat(acquire(all.subList(0, 2))).isSameAs(all16);
        all16.release();
        all16.release();
        List<Leased> held = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                Leased leased = acquire(List.of(all.get(i), all.get(j)));
                Reader reader = leased.borrow();
                assertThat(longs(reader, join(2))).containsExactly((long) ROWS);
                leased.giveBack(reader);
                held.add(leased);
            }
        }
        assertThat(cache.sets()).isEqualTo(GenerationSets.MOST);
        assertThat(Generation.openConnections()).isEqualTo(connectionsBefore + 16 + GenerationSets.MOST);

        Leased closed = held.get(0);
        Reader reader = closed.borrow();
        assertThat(longs(reader, join(2))).containsExactly((long) ROWS);
        closed.giveBack(reader);
        assertThat(Generation.openConnections()).isEqualTo(connectionsBefore + 16 + GenerationSets.MOST);
        held.forEach(Leased::release);
    }

    @Test
    void leasesNothingWhereOneTableIsMissing() {
        List<TableUse> uses = uses(1, 2);
        cache.ensure(uses.get(0).table(), uses.get(0).attnumList()).join();
        assertThat(cache.acquire(uses)).isNull();
        cache.invalidate(1);
        assertThat(Generation.open()).isEqualTo(openBefore);
    }
}
