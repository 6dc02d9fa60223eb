package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of which not all have room in the memory: what is asked for in vain costs those that answer nothing. */
class MemoryLimitTest {
    private static final int LIMIT = 4 << 20;
    private static final List<String> SMALL =
            List.of("SELECT sum(id), max(length(v)) FROM small_a", "SELECT sum(id), max(length(v)) FROM small_b");

    private static Scene scene;
    private static Client proxied;
    private static Client direct;

    @BeforeAll
    static void open() {
        scene = Scene.with(
                "memory_limit",
                config -> config.memoryLimitBytes(LIMIT),
                InstantSource.system(),
                "CREATE TABLE small_a (id int PRIMARY KEY, v text)",
                "CREATE TABLE small_b (id int PRIMARY KEY, v text)",
                "INSERT INTO small_a SELECT i, repeat('a', 400) FROM generate_series(1, 3000) i",
                "INSERT INTO small_b SELECT i, repeat('b', 400) FROM generate_series(1, 2000) i",
                // By the statistics, where there are any, each of these may have room: values can be empty.
                "CREATE TABLE large_unknown (id int, v text) WITH (autovacuum_enabled = off)",
                "CREATE TABLE large_analyzed (id int, v text) WITH (autovacuum_enabled = off)",
                "CREATE TABLE large_grown (id int, v text) WITH (autovacuum_enabled = off)",
                "INSERT INTO large_unknown SELECT i, repeat('x', 400) FROM generate_series(1, 20000) i",
                "INSERT INTO large_analyzed SELECT i, repeat('x', 400) FROM generate_series(1, 20000) i",
                "INSERT INTO large_grown SELECT i, repeat('x', 400) FROM generate_series(1, 20) i",
                "ANALYZE small_a, small_b, large_analyzed, large_grown",
                "INSERT INTO large_grown SELECT i, repeat('x', 400) FROM generate_series(1, 20000) i",
                "CREATE TABLE fitting (id int, v text)",
                "INSERT INTO fitting SELECT i, repeat('f', 400) FROM generate_series(1, 5000) i");
        proxied = scene.client();
        direct = scene.direct();
    }

    @AfterAll
    static void close() {
        proxied.close();
        direct.close();
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"large_unknown", "large_analyzed", "large_grown"})
    void tablesThatAnswerStayWhileOneThatIsTooLargeIsAskedFor(String large) {
        SMALL.forEach(sql -> scene.warm(proxied, sql));
        long evictions = Scene.stat(proxied, "evictions");
        for (int i = 0; i < 3; i++) {
            assertThat(Scene.difference(direct, proxied, "SELECT count(v), max(length(v)) FROM " + large))
                    .isEmpty();
            for (String sql : SMALL) {
                assertThat(scene.isHit(proxied, sql)).as(sql).isTrue();
            }
        }
        assertThat(Scene.stat(proxied, "evictions")).isEqualTo(evictions);
        List<String> shown = proxied.run("SELECT state, reason FROM sqlmem.tables WHERE name = '" + large + "'")
                .rows()
                .get(0);
        assertThat(shown.get(0)).isEqualTo("refused");
        assertThat(shown.get(1)).contains("too large for the memory limit", "KiB");
    }

    @Test
    void aTableThatFitsAloneMakesOthersLeave() {
        SMALL.forEach(sql -> scene.warm(proxied, sql));
        long evictions = Scene.stat(proxied, "evictions");
        String sql = "SELECT count(v), max(length(v)) FROM fitting";
        scene.warm(proxied, sql);
        assertThat(Scene.difference(direct, proxied, sql)).isEmpty();
        assertThat(Scene.stat(proxied, "evictions")).isGreaterThan(evictions);
    }
}
