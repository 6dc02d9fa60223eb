package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameBody;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.RowOrder;
import dev.sqlmem.testing.SharedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** COPY, frame by frame the same as without the proxy. */
class CopyRelayTest {
    private static final FrameCompare COMPARE = new FrameCompare(new RowOrder.Total(), FrameCompare.ErrorMatch.WHOLE);
    private static final Frame COPY_IN = FrontendFrames.query("COPY t FROM STDIN");
    private static final Frame COUNT = FrontendFrames.query("SELECT count(*), sum(a) FROM t");

    private static String database;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("copy");
        SharedPostgres.execute(
                database,
                "CREATE TABLE t(a int PRIMARY KEY, b text)",
                "CREATE TABLE large(a int, b text)",
                "INSERT INTO large SELECT i, md5(i::text) FROM generate_series(1, 50000) i");
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    /** What the client does within a transaction that is rolled back, and all that it hears. */
    static Map<String, Function<RawClient, List<Frame>>> scenarios() {
        return Map.ofEntries(
                Map.entry("text in", c -> {
                    c.send(COPY_IN);
                    List<Frame> answer = c.readUntil('G');
                    c.send(FrontendFrames.copyData("1\tone\n2\t"));
                    c.send(FrontendFrames.copyData("\\N\n"), FrontendFrames.copyDone(), COUNT);
                    return joined(answer, c.readUntilReady(2));
                }),
                Map.entry("large rows whose pieces look like Flush, CopyDone and CopyFail", c -> {
                    c.send(COPY_IN);
                    List<Frame> answer = c.readUntil('G');
                    c.send(
                            FrontendFrames.copyData("1\t" + "H".repeat(300_000) + "\n"),
                            FrontendFrames.copyData("2\t" + "c".repeat(300_000) + "\n"),
                            FrontendFrames.copyData("3\t" + "f".repeat(300_000) + "\n"),
                            FrontendFrames.sync(), // a part of the COPY
                            FrontendFrames.copyDone(),
                            FrontendFrames.query("SELECT a, length(b), left(b, 1) FROM t ORDER BY a"));
                    return joined(answer, c.readUntilReady(2));
                }),
                Map.entry("all at once, without waiting for the server", c -> {
                    c.send(COPY_IN, FrontendFrames.copyData("1\tone\n"), FrontendFrames.copyDone(), COUNT);
                    return c.readUntilReady(2);
                }),
                Map.entry("nothing in", c -> {
                    c.send(COPY_IN, FrontendFrames.copyDone(), COUNT);
                    return c.readUntilReady(2);
                }),
                Map.entry("csv with a header", c -> {
                    c.send(FrontendFrames.query("COPY t FROM STDIN (FORMAT csv, HEADER)"));
                    c.send(FrontendFrames.copyData("a,b\n7,\"a, \"\"b\"\"\"\n"), FrontendFrames.copyDone());
                    return joined(c.readUntilReady(), c.simpleQuery("SELECT b FROM t"));
                }),
                Map.entry("binary in and out", c -> {
                    c.send(FrontendFrames.query("COPY t FROM STDIN (FORMAT binary)"));
                    c.send(new Frame('d', binary(5, "five")), FrontendFrames.copyDone());
                    return joined(c.readUntilReady(), c.simpleQuery("COPY t TO STDOUT (FORMAT binary)"));
                }),
                Map.entry("an error in the middle", c -> {
                    c.send(COPY_IN, FrontendFrames.copyData("1\tone\nnot a number\ttwo\n"));
                    c.send(FrontendFrames.copyData("3\tthree\n"), FrontendFrames.copyDone(), COUNT);
                    return c.readUntilReady(2);
                }),
                Map.entry("the client gives up", c -> {
                    c.send(COPY_IN, FrontendFrames.copyData("1\tone\n"), FrontendFrames.copyFail("no more"), COUNT);
                    return c.readUntilReady(2);
                }),
                Map.entry("several in one Query", c -> {
                    c.send(FrontendFrames.query(
                            "COPY t FROM STDIN; SELECT 1 AS between; COPY t FROM STDIN; COPY t TO STDOUT"));
                    c.send(FrontendFrames.copyData("1\tone\n"), FrontendFrames.copyDone());
                    c.send(FrontendFrames.copyData("2\ttwo\n"), FrontendFrames.copyDone(), COUNT);
                    return c.readUntilReady(2);
                }),
                Map.entry("extended protocol in", c -> {
                    c.send(
                            FrontendFrames.parse("", "COPY t FROM STDIN"),
                            FrontendFrames.bind("", ""),
                            FrontendFrames.describePortal(""),
                            FrontendFrames.execute("", 0),
                            FrontendFrames.sync());
                    List<Frame> answer = c.readUntil('G');
                    c.send(FrontendFrames.copyData("1\tone\n"), FrontendFrames.copyDone(), FrontendFrames.sync());
                    return joined(answer, c.readUntilReady(), c.simpleQuery("SELECT count(*) FROM t"));
                }),
                Map.entry("extended protocol in, all at once", c -> {
                    c.send(
                            FrontendFrames.parse("", "COPY t FROM STDIN"),
                            FrontendFrames.bind("", ""),
                            FrontendFrames.execute("", 0),
                            FrontendFrames.copyData("1\tone\n"),
                            FrontendFrames.copyDone(),
                            FrontendFrames.sync(),
                            COUNT);
                    return c.readUntilReady(2);
                }),
                Map.entry("extended protocol, all at once, several batches", c -> {
                    for (int i = 1; i <= 3; i++) {
                        c.send(
                                FrontendFrames.parse("", "COPY t FROM STDIN"),
                                FrontendFrames.bind("", ""),
                                FrontendFrames.execute("", 0),
                                FrontendFrames.copyData(i + "\trow\n"),
                                FrontendFrames.copyDone(),
                                FrontendFrames.sync(),
                                FrontendFrames.parse("", "SELECT a, b FROM t ORDER BY a"),
                                FrontendFrames.bind("", ""),
                                FrontendFrames.execute("", 0),
                                FrontendFrames.sync());
                    }
                    return c.readUntilReady(6);
                }),
                Map.entry("an end of COPY where there is none", c -> {
                    c.send(FrontendFrames.query("SELECT 1"), FrontendFrames.copyDone(), COPY_IN);
                    List<Frame> answer = c.readUntil('G');
                    c.send(FrontendFrames.copyData("1\tone\n"), FrontendFrames.copyDone(), COUNT);
                    return joined(answer, c.readUntilReady(2));
                }),
                Map.entry("extended protocol in, with an error", c -> {
                    c.send(
                            FrontendFrames.parse("", "COPY t FROM STDIN"),
                            FrontendFrames.bind("", ""),
                            FrontendFrames.execute("", 0),
                            FrontendFrames.flush());
                    List<Frame> answer = c.readUntil('G');
                    c.send(FrontendFrames.copyData("x\tone\n"), FrontendFrames.copyDone(), FrontendFrames.sync());
                    return joined(answer, c.readUntilReady());
                }),
                Map.entry("extended protocol, the client gives up", c -> {
                    c.send(
                            FrontendFrames.parse("", "COPY t FROM STDIN"),
                            FrontendFrames.bind("", ""),
                            FrontendFrames.execute("", 0),
                            FrontendFrames.flush());
                    List<Frame> answer = c.readUntil('G');
                    c.send(FrontendFrames.copyFail("no more"), FrontendFrames.sync());
                    return joined(answer, c.readUntilReady());
                }),
                Map.entry("extended protocol out", c -> {
                    c.send(
                            FrontendFrames.parse("", "COPY (SELECT a, b FROM large ORDER BY a LIMIT 3) TO STDOUT"),
                            FrontendFrames.bind("", ""),
                            FrontendFrames.describePortal(""),
                            FrontendFrames.execute("", 0),
                            FrontendFrames.sync());
                    return c.readUntilReady();
                }),
                Map.entry("text out", c -> c.simpleQuery("COPY large TO STDOUT")),
                Map.entry("csv out", c -> c.simpleQuery("COPY large TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE *)")),
                Map.entry("binary out", c -> c.simpleQuery("COPY large TO STDOUT (FORMAT binary)")),
                Map.entry("an error in the middle of the output", c -> {
                    c.send(
                            FrontendFrames.query("COPY (SELECT 1 / (a - 20000) FROM large ORDER BY a) TO STDOUT"),
                            COUNT);
                    return c.readUntilReady(2);
                }));
    }

    static Stream<String> names() {
        return scenarios().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void sameFramesAsWithoutTheProxy(String name) {
        Function<RawClient, List<Frame>> scenario =
                java.util.Objects.requireNonNull(scenarios().get(name));
        List<Frame> direct = inTransaction(SharedPostgres.port(), scenario);
        List<Frame> proxied = inTransaction(proxy.port(), scenario);
        assertThat(COMPARE.difference(direct, proxied)).isEmpty();
    }

    private static List<Frame> inTransaction(int port, Function<RawClient, List<Frame>> scenario) {
        try (RawClient client = RawClient.connect(LoginRequest.to(port, database))) {
            return joined(client.simpleQuery("BEGIN"), scenario.apply(client), client.simpleQuery("ROLLBACK"));
        }
    }

    /** PostgreSQL lets the session live; nobody does it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherMessageInTheMiddleOfTheDataIsAnError(boolean waits) {
        try (RawClient client = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
            client.send(COPY_IN);
            if (waits) {
                client.readUntil('G');
            }
            client.send(COUNT);
            assertThat(FrameText.sqlState(client.readUntilReady())).isEqualTo("08P01");
        }
    }

    @Test
    void copiedRowsAreSeenAtOnce() throws Exception {
        SharedPostgres.execute(database, "CREATE TABLE seen(a int PRIMARY KEY)");
        try (Connection connection = connect();
                RawClient reader = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
            for (int i = 1; i <= 5; i++) {
                CopyManager copies = new CopyManager((BaseConnection) connection);
                assertThat(copies.copyIn("COPY seen FROM STDIN", stream(i + "\n")))
                        .isEqualTo(1);
                assertThat(FrameText.textRows(reader.simpleQuery("SELECT count(*) FROM seen")))
                        .containsExactly(List.of("" + i));
            }
        }
    }

    @Test
    void pgjdbcCopiesManyRowsBothWays() throws Exception {
        SharedPostgres.execute(database, "CREATE TABLE many(a int, b text)");
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(1, 50_000)
                .forEach(i -> text.append(i).append("\trow ").append(i).append('\n'));
        try (Connection connection = connect()) {
            CopyManager copies = new CopyManager((BaseConnection) connection);
            assertThat(copies.copyIn("COPY many FROM STDIN", stream(text.toString())))
                    .isEqualTo(50_000);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(copies.copyOut("COPY (SELECT a, b FROM many ORDER BY a) TO STDOUT", out))
                    .isEqualTo(50_000);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(text.toString());
        }
    }

    @Test
    void pgjdbcSeesErrorsAndCancels() throws Exception {
        try (Connection connection = connect()) {
            CopyManager copies = new CopyManager((BaseConnection) connection);
            assertThatThrownBy(() -> copies.copyIn("COPY t FROM STDIN", stream("1\tone\n1\tagain\n")))
                    .isInstanceOf(SQLException.class)
                    .extracting("SQLState")
                    .isEqualTo("23505");
            CopyIn copy = copies.copyIn("COPY t FROM STDIN");
            byte[] row = "1\tone\n".getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(row, 0, row.length);
            copy.cancelCopy();
            assertThat(copies.copyIn("COPY t FROM STDIN", stream(""))).isZero();
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database + "?user=" + SharedPostgres.SUPERUSER);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole COPY in binary format with one row (manual, COPY, "Binary Format"). */
    private static byte[] binary(int a, String b) {
        byte[] text = b.getBytes(StandardCharsets.UTF_8);
        return new FrameBody()
                .bytes(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0})
                .int32(0)
                .int32(0)
                .int16(2)
                .int32(4)
                .int32(a)
                .int32(text.length)
                .bytes(text)
                .int16(-1)
                .toBytes();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<Frame> joined(List<Frame>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
