package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.RowOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Definitions change behind the proxy and through it. Until the change is noticed the old answer may
 * stand, whole; never a mixture of the two.
 */
class DefinitionChangeTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final String PROBE = "SELECT a, b FROM shifting ORDER BY a";

    private static Scene scene;
    private Client direct;
    private Client proxied;

    @BeforeAll
    static void start() {
        scene = Scene.transparent("definitions");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void create() {
        scene.behindTheProxy(
                "DROP SCHEMA public CASCADE",
                "CREATE SCHEMA public",
                "CREATE TABLE shifting (a int, b int, c text)",
                "INSERT INTO shifting VALUES (1, 10, 'x'), (2, 20, 'y')");
        direct = scene.direct();
        proxied = scene.client();
        Deadline.within(BOUND, "the new table", () -> !proxied.ask(PROBE).failed());
        Deadline.within(
                BOUND,
                "the new table",
                () -> Scene.difference(direct, proxied, PROBE).isEmpty());
        scene.warm(proxied, PROBE);
    }

    @AfterEach
    void disconnect() {
        direct.close();
        proxied.close();
    }

    /** From another connection to the server, which the proxy doesn't see. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE shifting DROP COLUMN b",
                "ALTER TABLE shifting DROP COLUMN a; ALTER TABLE shifting ADD COLUMN a int DEFAULT 5",
                "ALTER TABLE shifting ALTER COLUMN b TYPE text",
                "ALTER TABLE shifting ALTER COLUMN b TYPE numeric(12,3)",
                "ALTER TABLE shifting ALTER COLUMN b TYPE bigint USING b * 1000",
                "BEGIN; ALTER TABLE shifting RENAME a TO z; ALTER TABLE shifting RENAME b TO a;"
                        + " ALTER TABLE shifting RENAME z TO b; COMMIT",
                "ALTER TABLE shifting RENAME TO moved",
                "DROP TABLE shifting",
                "BEGIN; DROP TABLE shifting; CREATE TABLE shifting (b text, a bigint);"
                        + " INSERT INTO shifting VALUES ('new', 9); COMMIT",
                "BEGIN; ALTER TABLE shifting RENAME TO moved; CREATE VIEW shifting AS SELECT 7 AS a, 8 AS b; COMMIT",
                "CREATE SCHEMA other; ALTER TABLE shifting SET SCHEMA other",
                "ALTER TABLE shifting ENABLE ROW LEVEL SECURITY; ALTER TABLE shifting FORCE ROW LEVEL SECURITY;"
                        + " TRUNCATE shifting",
            })
    void isNoticedBehindTheProxy(String change) {
        List<Frame> before = direct.ask(PROBE).frames();
        direct.run(change);
        List<Frame> after = direct.ask(PROBE).frames();
        Deadline.within(BOUND, change, () -> {
            List<Frame> now = proxied.ask(PROBE).frames();
            FrameCompare compare = new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE);
            boolean isNew = compare.difference(after, now).isEmpty();
            assertThat(isNew || compare.difference(before, now).isEmpty())
                    .as("old or new: %s", now)
                    .isTrue();
            return isNew;
        });
        for (int i = 0; i < 3; i++) {
            assertThat(Scene.difference(direct, proxied, PROBE)).isEmpty();
            assertThat(Scene.difference(direct, proxied, "SELECT count(*) FROM shifting"))
                    .isEmpty();
        }
    }

    /** Through the proxy it counts at once, for everyone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE shifting DROP COLUMN b",
                "ALTER TABLE shifting ADD COLUMN d int DEFAULT 4",
                "ALTER TABLE shifting ALTER COLUMN b TYPE numeric(12,3)",
                "ALTER TABLE shifting RENAME b TO z; ALTER TABLE shifting RENAME a TO b",
                "ALTER TABLE shifting RENAME TO moved",
                "DROP TABLE shifting; CREATE TABLE shifting (b text, a bigint)",
                "CREATE SCHEMA postgres; CREATE TABLE postgres.shifting (a int, b text)",
                "BEGIN; ALTER TABLE shifting DROP COLUMN b; COMMIT",
                "BEGIN; ALTER TABLE shifting DROP COLUMN b; ROLLBACK",
                "DO $$ BEGIN ALTER TABLE shifting DROP COLUMN b; END $$"
            })
    void countsAtOnceThroughTheProxy(String change) {
        try (Client other = scene.client()) {
            other.run(PROBE);
            proxied.run(change);
            for (int i = 0; i < 2; i++) {
                assertThat(Scene.difference(direct, proxied, PROBE)).isEmpty();
                assertThat(Scene.difference(direct, other, PROBE)).isEmpty();
            }
        } finally {
            proxied.run("DROP SCHEMA IF EXISTS postgres CASCADE");
        }
    }

    @Test
    void servesANewColumn() {
        direct.run("ALTER TABLE shifting ADD COLUMN d int DEFAULT 4");
        String sql = "SELECT a, d FROM shifting ORDER BY a";
        assertThat(proxied.run(sql).rows()).containsExactly(List.of("1", "4"), List.of("2", "4"));
        scene.warm(proxied, sql);
        assertThat(Scene.difference(direct, proxied, sql)).isEmpty();
    }

    /** A prepared statement fails as the server's would when its result changes, and lives on otherwise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE shifting ALTER COLUMN b TYPE bigint",
                "ALTER TABLE shifting ADD COLUMN d int",
                "ALTER TABLE shifting DROP COLUMN c",
                "ALTER TABLE shifting DROP COLUMN b",
                "DROP TABLE shifting; CREATE TABLE shifting (a int, b int); INSERT INTO shifting VALUES (3, 30)",
                "ALTER TABLE shifting RENAME TO moved; CREATE VIEW shifting AS SELECT 7 AS a, 8 AS b",
            })
    void concernsPreparedStatements(String change) {
        ExtendedQuery query = ExtendedQuery.of(PROBE).named("mine", "");
        direct.raw().extended(query);
        proxied.raw().extended(query);
        proxied.run(change);
        for (int i = 0; i < 2; i++) {
            List<Frame> again =
                    List.of(query.bind(), FrontendFrames.describePortal(""), query.execute(), FrontendFrames.sync());
            direct.raw().send(again);
            proxied.raw().send(again);
            assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                            .difference(
                                    direct.raw().readUntilReady(), proxied.raw().readUntilReady()))
                    .isEmpty();
        }
        for (Client client : List.of(direct, proxied)) {
            client.raw().send(FrontendFrames.closeStatement("mine"), FrontendFrames.sync());
            client.raw().readUntilReady();
        }
        assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                        .difference(direct.raw().extended(query), proxied.raw().extended(query)))
                .isEmpty();
    }

    /** Each version of the table says its own number in both columns; a mixture would give itself away. */
    @Test
    void neverMixesVersionsUnderLoad() throws Exception {
        direct.run("DROP TABLE shifting; CREATE TABLE shifting (a int, b int); INSERT INTO shifting VALUES (0, 0)");
        String sql = "SELECT a, b FROM shifting";
        Deadline.within(BOUND, "the new table", () -> proxied.ask(sql).rows().equals(List.of(List.of("0", "0"))));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(pool.submit(() -> {
                    int last = 0;
                    try (Client client = scene.client()) {
                        while (!over.get()) {
                            List<String> row = client.run(sql).rows().get(0);
                            assertThat(row.get(0)).isEqualTo(row.get(1));
                            assertThat(Integer.parseInt(row.get(0))).isGreaterThanOrEqualTo(last);
                            last = Integer.parseInt(row.get(0));
                        }
                    }
                    return last;
                }));
            }
            for (int version = 1; version <= 3; version++) {
                String now = String.valueOf(version);
                direct.run(
                        version % 2 == 0
                                ? "BEGIN; DROP TABLE shifting; CREATE TABLE shifting (b int, a int);"
                                        + " INSERT INTO shifting VALUES (" + now + ", " + now + "); COMMIT"
                                : "BEGIN; ALTER TABLE shifting RENAME a TO z; ALTER TABLE shifting RENAME b TO a;"
                                        + " ALTER TABLE shifting RENAME z TO b; UPDATE shifting SET a = " + now
                                        + ", b = " + now
                                        + "; COMMIT");
                Deadline.within(
                        BOUND, "version " + now, () -> proxied.run(sql).rows().equals(List.of(List.of(now, now))));
            }
            over.set(true);
            for (Future<Integer> each : readers) {
                assertThat(each.get()).isBetween(2, 3);
            }
        } finally {
            over.set(true);
            pool.shutdown();
        }
    }
}
