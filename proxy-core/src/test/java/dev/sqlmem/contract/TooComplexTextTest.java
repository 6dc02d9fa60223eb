package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.RowOrder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are not read to their end: never relayed in read-only mode, taken for any write in transparent mode. */
class TooComplexTextTest {
    private static final int MEGABYTES = 5 << 20;
    private static final String CACHED = "SELECT a FROM t WHERE a = 1";

    private static Scene readOnly;
    private static Scene transparent;

    @BeforeAll
    static void start() {
        readOnly = Scene.readOnly(
                "complex", "CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)", "CREATE TABLE u (a int)");
        transparent = readOnly.also(Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        transparent.close();
        readOnly.close();
    }

    static Stream<String> texts() {
        return Stream.of(
                "(".repeat(MEGABYTES),
                "SELECT " + "(".repeat(MEGABYTES),
                "SELECT a FROM t WHERE a IN (" + "1,".repeat(MEGABYTES / 2) + "1)",
                "SELECT 1;".repeat(MEGABYTES / 9),
                "SELECT 1 -- " + "x".repeat(17 << 20));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void readOnlyModeRefuses(String sql) {
        try (Client client = readOnly.client()) {
            client.run("SELECT 1");
            readOnly.tap().clear();
            assertIsRefused(client.ask(sql));
            assertIsRefused(client.extended(sql));
            assertIsRefused(
                    new Reply(client.raw().extended(ExtendedQuery.of(sql).named("s", "p"))));
            assertThat(readOnly.tap().statements()).isEmpty();
            client.run("BEGIN");
            assertThat(client.ask(sql).status()).isEqualTo('E');
            assertThat(client.ask("SELECT 1").sqlState()).isEqualTo("25P02");
            client.run("ROLLBACK");
            client.run("BEGIN");
            assertThat(client.extended(sql).status()).isEqualTo('E');
            client.run("ROLLBACK");
            assertThat(client.run("SELECT 1").value()).isEqualTo("1");
        }
    }

    private static void assertIsRefused(Reply reply) {
        assertThat(reply.sqlState()).isEqualTo("54001");
        assertThat(reply.message()).startsWith("UnsupportedQueryError: ");
        assertThat(reply.hint()).contains("--mode transparent");
        assertThat(reply.status()).isEqualTo('I');
    }

    @Test
    void readOnlyModeRelaysALargeList() {
        try (Client client = readOnly.client()) {
            String sql = "SELECT a FROM t WHERE a IN (" + list(100_000) + ")";
            assertThat(client.run(sql).value()).isEqualTo("1");
            assertThat(client.extended(sql).value()).isEqualTo("1");
        }
    }

    private static String list(int count) {
        return IntStream.range(0, count).mapToObj(i -> "" + (i + 1)).collect(Collectors.joining(", "));
    }

    @Test
    void transparentModeRelaysWhatTheServerRefuses() {
        String sql = "SELECT " + "(".repeat(MEGABYTES);
        try (Client client = transparent.client();
                Client direct = transparent.direct()) {
            FrameCompare compare = new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE);
            assertThat(compare.difference(
                            direct.ask(sql).frames(), client.ask(sql).frames()))
                    .isEmpty();
            assertThat(compare.difference(
                            direct.extended(sql).frames(), client.extended(sql).frames()))
                    .isEmpty();
        }
    }

    /** What it wrote, of whatever table, is seen by the next question. */
    @Test
    void transparentModeTakesItForAnyWrite() {
        String rows = IntStream.range(0, 1_300_000)
                .mapToObj(i -> "(" + (i + 1_000_000) + ")")
                .collect(Collectors.joining(", "));
        assertThat(rows.length()).isGreaterThan(12 << 20);
        String sql = "UPDATE t SET a = -a; SET search_path = public; INSERT INTO u VALUES " + rows + "; TRUNCATE u";
        try (Client client = transparent.client()) {
            transparent.warm(client, CACHED);
            client.run(sql);
            assertThat(client.run(CACHED).rows()).isEmpty();
            assertThat(client.run("SELECT a FROM t WHERE a = -1").value()).isEqualTo("-1");
            client.run("UPDATE t SET a = -a");
            transparent.warm(client, CACHED);
        }
    }

    /** As a prepared statement, and with a setting that changes how a cached answer looks. */
    @Test
    void transparentModeTakesItForAnySetting() {
        String padding = "1,".repeat(400_000) + "1";
        String sql =
                "SELECT count(*), set_config('extra_float_digits', '0', false), set_config('search_path', 'elsewhere, public', false)"
                        + " FROM t WHERE a IN (" + padding + ")";
        transparent.behindTheProxy(
                "CREATE SCHEMA elsewhere",
                "CREATE TABLE elsewhere.t (a int)",
                "INSERT INTO elsewhere.t VALUES (1), (1)");
        try (Client client = transparent.client()) {
            transparent.warm(client, CACHED);
            client.frames(
                    FrontendFrames.parse("s", sql),
                    FrontendFrames.bind("", "s"),
                    FrontendFrames.execute("", 0),
                    FrontendFrames.sync());
            assertThat(client.run(CACHED).rows()).hasSize(2);
        }
    }

    @Test
    void transparentModeInsertsSeventeenMegabytes() {
        String rows = IntStream.range(0, 1_000_000)
                .mapToObj(i -> "(" + (i + 100_000_000) + ",4)")
                .collect(Collectors.joining(", "));
        String sql = "INSERT INTO v VALUES " + rows + ", (1, 'last" + "x".repeat(2 << 20) + "')";
        transparent.behindTheProxy("CREATE TABLE v (a int, b text)");
        assertThat(sql.length()).isGreaterThan(17_000_000);
        try (Client client = transparent.client()) {
            assertThat(client.run(sql).tag()).isEqualTo("INSERT 0 1000001");
        }
    }
}
