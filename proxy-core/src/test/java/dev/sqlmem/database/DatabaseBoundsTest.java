package dev.sqlmem.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients can name without end is not kept without end; no server is asked here. */
final class DatabaseBoundsTest {
    private static final int MANY = 100_000;
    private static final int MOST = 1_000;

    private final UpstreamUrl nowhere = UpstreamUrl.parse("postgresql://nobody@127.0.0.1:1/nothing");
    private final Database database = new Database(
            new ServiceDatabase(nowhere),
            TableRules.NONE,
            new MemoryBudget(1 << 20),
            Runnable::run,
            Runnable::run,
            InstantSource.system(),
            new UpstreamState(nowhere),
            false);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void timeZones() {
        for (int i = 0; i < MANY; i++) {
            database.checkZone("No/Where " + i);
        }

        assertThat(IntStream.range(0, MANY)
                        .filter(i -> database.zone("No/Where " + i) != null)
                        .count())
                .isBetween(1L, (long) MOST);
    }

    @Test
    void roles() {
        assertThat(same(i -> database.rights("role " + i))).isLessThanOrEqualTo(2 * MOST);
        assertThat(database.rights("role").role()).isEqualTo("role");
    }

    @Test
    void searchPaths() {
        assertThat(same(i -> database.space("pg_catalog, s" + i))).isLessThanOrEqualTo(2 * MOST);
        assertThat(database.space("pg_catalog").searchPath()).isEqualTo("pg_catalog");
    }

    /** How many of very many things are the same ones when they are asked for again. */
    private static long same(IntFunction<Object> named) {
        List<Object> first = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            first.add(named.apply(i));
        }
        return IntStream.range(0, MANY)
                .filter(i -> named.apply(i) == first.get(i))
                .count();
    }
}
