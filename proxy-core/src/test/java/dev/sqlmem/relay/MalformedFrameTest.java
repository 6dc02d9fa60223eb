package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameBody;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames after the login that break the protocol. */
class MalformedFrameTest {
    private static final long SEED = 20_260_102;

    private static String database;
    private static ProxyUnderTest readOnly;
    private static ProxyUnderTest transparent;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("malformed");
        SharedPostgres.execute(database, "CREATE TABLE t(a int PRIMARY KEY, b text)", "INSERT INTO t VALUES (1, 'x')");
        readOnly = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.READ_ONLY);
        transparent = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        readOnly.close();
        transparent.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, 0x3fffffff, Integer.MAX_VALUE})
    void aLengthOutOfBoundsEndsTheSession(int length) {
        fatal(new FrameBody().int8('Q').int32(length).toBytes(), "invalid message length");
    }

    @Test
    void smallMessagesHaveASmallLimit() {
        fatal(new FrameBody().int8('S').int32(10_001).toBytes(), "invalid message length");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 'A', 'Z', 'q', 0x7f, 0x80, 0xff})
    void anUnknownTypeEndsTheSession(int tag) {
        fatal(new FrameBody().int8(tag).int32(4).toBytes(), "invalid");
    }

    @Test
    void theWordsAboutItArriveThoughMoreWasSent() {
        byte[] noise = new byte[1 << 20];
        Arrays.fill(noise, (byte) 0xee);
        fatal(noise, "invalid");
    }

    static Stream<Arguments> malformedBodies() {
        return Stream.of(
                Arguments.of(
                        "Query without its terminator",
                        new FrameBody().bytes(ascii("SELECT 1")).as('Q')),
                Arguments.of(
                        "Query with a terminator inside",
                        new FrameBody().bytes(ascii("SELECT 1\0 + 1\0")).as('Q')),
                Arguments.of("empty Query", new FrameBody().as('Q')),
                Arguments.of(
                        "Parse that ends after its name",
                        new FrameBody().string("s").as('P')),
                Arguments.of(
                        "Parse with types missing",
                        new FrameBody().string("").string("SELECT 1").int16(3).as('P')),
                Arguments.of(
                        "Parse with a surplus",
                        new FrameBody()
                                .string("")
                                .string("SELECT 1")
                                .int16(0)
                                .int8(1)
                                .as('P')),
                Arguments.of(
                        "Parse with a negative count",
                        new FrameBody().string("").string("SELECT 1").int16(-1).as('P')),
                Arguments.of(
                        "Bind that ends after its names",
                        new FrameBody().string("").string("").as('B')),
                Arguments.of(
                        "Bind with a value cut off",
                        new FrameBody()
                                .string("")
                                .string("")
                                .int16(0)
                                .int16(1)
                                .int32(100)
                                .int8('1')
                                .as('B')),
                Arguments.of(
                        "Bind with a negative length",
                        new FrameBody()
                                .string("")
                                .string("")
                                .int16(0)
                                .int16(1)
                                .int32(-2)
                                .int16(0)
                                .as('B')),
                Arguments.of(
                        "Bind with a surplus",
                        new FrameBody()
                                .string("")
                                .string("")
                                .int16(0)
                                .int16(0)
                                .int16(0)
                                .int8(0)
                                .as('B')),
                Arguments.of("Describe of nothing", new FrameBody().as('D')),
                Arguments.of(
                        "Describe of an unknown kind",
                        new FrameBody().int8('X').string("").as('D')),
                Arguments.of(
                        "Close of an unknown kind",
                        new FrameBody().int8('X').string("").as('C')),
                Arguments.of("Close that ends early", new FrameBody().int8('S').as('C')),
                Arguments.of(
                        "Execute that ends early",
                        new FrameBody().string("").int16(0).as('E')),
                Arguments.of(
                        "Execute with a surplus",
                        new FrameBody().string("").int32(0).int8(0).as('E')),
                Arguments.of("Sync with a body", new FrameBody().int8(0).as('S')),
                Arguments.of("Flush with a body", new FrameBody().int8(0).as('H')),
                Arguments.of(
                        "FunctionCall cut off",
                        new FrameBody().int32(1250).int16(1).as('F')));
    }

    /** As PostgreSQL does, though the proxy may end a session where PostgreSQL would go on. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedBodies")
    void aMalformedBodyIsAnErrorAsItIsForTheServer(String name, Frame malformed) {
        List<Frame> direct = answer(SharedPostgres.port(), malformed);
        for (ProxyUnderTest proxy : new ProxyUnderTest[] {readOnly, transparent}) {
            List<Frame> proxied = answer(proxy.port(), malformed);
            assertThat(FrameText.sqlState(proxied))
                    .as("%s; direct %s", proxied, direct)
                    .isEqualTo("08P01");
            assertThat(FrameText.sqlState(direct)).isEqualTo("08P01");
        }
        serves(readOnly);
    }

    /** What comes of a statement, a malformed message behind it, and a Sync: up to the first error at least. */
    private static List<Frame> answer(int port, Frame malformed) {
        try (RawClient client = RawClient.connect(LoginRequest.to(port, database))) {
            client.send(FrontendFrames.parse("", "SELECT b FROM t WHERE a = 1"), malformed, FrontendFrames.sync());
            return client.readUntilReady();
        }
    }

    /** The proxy ends a session of which the server would skip a batch; then nothing of it may be carried out. */
    @Test
    void nothingBehindAMalformedBodyIsCarriedOut() {
        SharedPostgres.execute(database, "CREATE TABLE behind(n int)");
        LoginRequest login = LoginRequest.to(transparent.port(), database).set("application_name", "behind");
        try (RawClient client = RawClient.connect(login)) {
            client.send(
                    new FrameBody().int8('X').string("").as('C'),
                    FrontendFrames.query("DO 'BEGIN INSERT INTO behind VALUES (1); END'"),
                    FrontendFrames.query("DO 'BEGIN INSERT INTO behind VALUES (2); END'"));
            assertThat(FrameText.sqlState(client.readUntilReady())).isEqualTo("08P01");
        }
        Await.untilServerSays("NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = 'behind')");
        try (RawClient client = RawClient.connect(LoginRequest.to(SharedPostgres.port(), database))) {
            assertThat(FrameText.textRows(client.simpleQuery("SELECT n FROM behind")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void noRubbishKillsTheProxy(Mode mode) {
        ProxyUnderTest proxy = mode == Mode.READ_ONLY ? readOnly : transparent;
        Random random = new Random(SEED);
        for (int i = 0; i < 150; i++) {
            byte[] rubbish = rubbish(random);
            try (Peer peer = new Peer(proxy.port())) {
                peer.send(Peer.startup(3, 0, "user", SharedPostgres.SUPERUSER, "database", database));
                assertThat(peer.readUntilReady()).last().matches(frame -> frame.is('Z'), "logged in");
                peer.send(rubbish);
                peer.endOutput();
                Frame frame = peer.read();
                while (!frame.isEnd()) {
                    assertThat("AE123CDGHINRSTVWZcdnst")
                            .as("round %d: %s", i, frame)
                            .contains("" + frame.tag());
                    frame = peer.read();
                }
            }
        }
        serves(proxy);
    }

    /** A well-formed batch with some bytes changed, or cut off, or noise. */
    private static byte[] rubbish(Random random) {
        List<Frame> batch = new ArrayList<>(List.of(
                FrontendFrames.parse("s", "SELECT a, b FROM t WHERE a = $1"),
                FrontendFrames.bind("p", "s", "1"),
                FrontendFrames.describePortal("p"),
                FrontendFrames.execute("p", 1),
                FrontendFrames.closePortal("p"),
                FrontendFrames.sync(),
                FrontendFrames.query("SELECT b FROM t"),
                FrontendFrames.copyData("1\t2\n"),
                FrontendFrames.query("SELECT count(*) FROM t; SELECT a FROM t")));
        java.util.Collections.shuffle(batch, random);
        FrameBody all = new FrameBody();
        batch.forEach(frame -> all.bytes(frame.encode()));
        byte[] bytes = all.toBytes();
        for (int mutations = random.nextInt(5); mutations > 0; mutations--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static void fatal(byte[] bytes, String message) {
        try (Peer peer = new Peer(readOnly.port())) {
            peer.send(Peer.startup(3, 0, "user", SharedPostgres.SUPERUSER, "database", database));
            assertThat(peer.readUntilReady()).last().matches(frame -> frame.is('Z'), "logged in");
            peer.send(bytes);
            Frame error = peer.read();
            assertThat(FrameText.sqlState(List.of(error))).as("%s", error).isEqualTo("08P01");
            assertThat(FrameText.fields(error)).containsEntry('V', "FATAL");
            assertThat(FrameText.fields(error).get('M')).contains(message);
            assertThat(peer.read().isEnd()).isTrue();
        }
        serves(readOnly);
    }

    private static void serves(ProxyUnderTest proxy) {
        try (RawClient client = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
            assertThat(FrameText.textRows(client.simpleQuery("SELECT b FROM t WHERE a = 1")))
                    .containsExactly(List.of("x"));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
