package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.Parameter;
import dev.sqlmem.testing.RowOrder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the cache finds out only while it answers: the client gets the server's whole answer, and nothing of
 * the one that was begun. Group 9 has a sum beyond 64 bits, which SQLite gives up and PostgreSQL does not.
 */
class FallbackTest {
    /** So many rows that answers are made on a worker. */
    private static final String LARGE = "sums";

    /** So few that the event loop makes them. */
    private static final String SMALL = "few_sums";

    private static Scene scene;
    private static Client proxied;
    private static Client direct;

    @BeforeAll
    static void open() {
        scene = Scene.readOnly(
                "fallback",
                "CREATE TABLE sums (g int4 NOT NULL, b int8)",
                "INSERT INTO sums SELECT i % 9, i FROM generate_series(1, 3000) i",
                "INSERT INTO sums VALUES (9, 9223372036854775807), (9, 1)",
                "CREATE TABLE few_sums AS SELECT * FROM sums WHERE b < 100 OR g = 9");
        proxied = scene.client();
        direct = scene.direct();
        scene.warm(proxied, sums(LARGE, 5));
        scene.warm(proxied, sums(SMALL, 5));
    }

    @AfterAll
    static void close() {
        proxied.close();
        direct.close();
        scene.close();
    }

    private static String sums(String table, int upTo) {
        return "SELECT g, sum(b) FROM " + table + " WHERE g <= " + upTo + " GROUP BY g ORDER BY g";
    }

    private static long fallbacks() {
        return Scene.stat(proxied, "fallbacks");
    }

    @ParameterizedTest
    @ValueSource(strings = {LARGE, SMALL})
    void aGuardSendsThatExecutionUpstreamAndNoOther(String table) {
        long before = fallbacks();
        for (int i = 0; i < 5; i++) {
            assertThat(Scene.difference(direct, proxied, sums(table, 9))).isEmpty();
        }

        assertThat(fallbacks()).isEqualTo(before + 5);
        assertThat(scene.isHit(proxied, sums(table, 8))).isTrue();
        assertThat(Scene.difference(direct, proxied, sums(table, 8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LARGE, SMALL})
    void inTheExtendedProtocol(String table) {
        String sql = "SELECT g, sum(b) FROM " + table + " WHERE g <= $1 GROUP BY g ORDER BY g";
        same(ExtendedQuery.of(sql).with(Parameter.text("5")).frames());
        long before = fallbacks();

        same(ExtendedQuery.of(sql).with(Parameter.text("9")).frames());
        same(ExtendedQuery.of(sql).with(Parameter.text("9")).binaryResults().frames());
        same(ExtendedQuery.of(sql)
                .with(Parameter.text("9"))
                .named("s" + table, "p")
                .frames());

        assertThat(fallbacks()).isEqualTo(before + 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {LARGE, SMALL})
    void noRowIsSentBeforeTheLastIsKnownWithARowLimitToo(String table) {
        String sql = "SELECT g, sum(b) FROM " + table + " WHERE g <= $1 GROUP BY g ORDER BY g";
        same(ExtendedQuery.of(sql).with(Parameter.text("5")).frames());
        for (String upTo : List.of("9", "8")) {
            long before = fallbacks();
            ExtendedQuery asked =
                    ExtendedQuery.of(sql).with(Parameter.text(upTo)).named("", "suspended");
            same(List.of(
                    asked.parse(),
                    asked.bind(),
                    FrontendFrames.describePortal("suspended"),
                    FrontendFrames.execute("suspended", 2),
                    FrontendFrames.execute("suspended", 1),
                    FrontendFrames.execute("suspended", 0),
                    FrontendFrames.execute("suspended", 0),
                    FrontendFrames.sync()));

            assertThat(fallbacks() - before).isEqualTo(upTo.equals("9") ? 1 : 0);
        }
    }

    @Test
    void aHeldAnswerIsGivenOutInPiecesFromTheCache() {
        ExtendedQuery asked = ExtendedQuery.of(sums(LARGE, 8)).named("", "pieces");
        List<Frame> frames = List.of(
                asked.parse(),
                asked.bind(),
                FrontendFrames.execute("pieces", 4),
                FrontendFrames.execute("pieces", 5),
                FrontendFrames.execute("pieces", 5),
                FrontendFrames.sync());
        same(frames);
        scene.tap().clear();

        same(frames);

        assertThat(scene.tap().statements()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LARGE, SMALL})
    void inTheMiddleOfABatchAndInATransactionBlock(String table) {
        ExtendedQuery fine = ExtendedQuery.of(sums(table, 5)).named("", "fine");
        ExtendedQuery overflow = ExtendedQuery.of(sums(table, 9)).named("", "overflow");
        List<Frame> batch = List.of(
                fine.parse(),
                fine.bind(),
                fine.execute(),
                overflow.parse(),
                overflow.bind(),
                FrontendFrames.describePortal("overflow"),
                overflow.execute(),
                fine.named("", "again").parse(),
                fine.named("", "again").bind(),
                fine.named("", "again").execute(),
                FrontendFrames.sync());
        same(batch);
        same(List.of(FrontendFrames.query("BEGIN")));
        same(batch);
        same(List.of(FrontendFrames.query(sums(table, 9))));
        same(ExtendedQuery.of("SELECT 1/0").frames());
        same(List.of(FrontendFrames.query(sums(table, 9))));
        same(List.of(FrontendFrames.query("ROLLBACK")));
        same(batch);
    }

    @Test
    void whatShouldNotHappenDisablesTheShapeAfterTheThirdTime() {
        // SQLite refuses expressions that are nested more than 1,000 deep
        String sql = IntStream.rangeClosed(1, 1_005)
                .mapToObj(i -> "b IS NULL")
                .collect(Collectors.joining(" OR ", "SELECT count(b) FROM few_sums WHERE ", ""));
        long before = fallbacks();
        for (int i = 0; i < 5; i++) {
            assertThat(Scene.difference(direct, proxied, sql)).isEmpty();
        }

        assertThat(fallbacks()).as(() -> Scene.explain(proxied, sql).toString()).isEqualTo(before + 3);
        assertThat(proxied.run(
                                "SELECT route, reason FROM sqlmem.statements WHERE shape LIKE 'select count(b) from few_sums%'")
                        .rows())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get(0)).isEqualTo("relay");
                    assertThat(row.get(1)).startsWith("disabled: the cache failed 3 times");
                });
        assertThat(Scene.explain(proxied, sql)).anyMatch(line -> line.startsWith("disabled: the cache failed"));
    }

    private static void same(List<Frame> frames) {
        direct.raw().send(frames);
        proxied.raw().send(frames);
        assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                        .difference(direct.raw().readUntilReady(), proxied.raw().readUntilReady()))
                .isEmpty();
    }
}
