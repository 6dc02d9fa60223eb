package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An orderly stop: nobody new comes in, what runs ends first, everyone is told. */
class DrainTest {
    private static final String DATABASE = SharedPostgres.createDatabase("drain");

    private ProxyUnderTest proxy;

    @BeforeAll
    static void create() {
        SharedPostgres.execute(
                DATABASE,
                "CREATE TABLE big (a int, b text)",
                "INSERT INTO big SELECT i, repeat('x', 200) FROM generate_series(1, 60000) i",
                "ANALYZE");
    }

    @BeforeEach
    void start() {
        proxy = start(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private static ProxyUnderTest start(Duration drainLimit) {
        return ProxyUnderTest.start(ProxyConfig.builder(UpstreamUrl.parse(SharedPostgres.url(DATABASE)))
                .listen("127.0.0.1", 0)
                .mode(Mode.TRANSPARENT)
                .fillWait(Duration.ofSeconds(20))
                .eventLoops(2)
                .drainLimit(drainLimit)
                .build());
    }

    private RawClient connect() {
        return RawClient.connect(LoginRequest.to(proxy.port(), DATABASE));
    }

    private static void assertSentOff(List<Frame> frames) {
        assertThat(frames.get(frames.size() - 1).isEnd()).isTrue();
        Frame error = frames.get(frames.size() - 2);
        assertThat(FrameText.fields(error))
                .containsEntry('S', "FATAL")
                .containsEntry('V', "FATAL")
                .containsEntry('C', "57P01");
        assertThat(FrameText.fields(error).get('M')).startsWith("terminating connection");
    }

    private static CompletableFuture<Void> closing(ProxyUnderTest proxy) {
        return CompletableFuture.runAsync(proxy::close);
    }

    @Test
    void tellsIdleClients() throws Exception {
        RawClient one = connect();
        RawClient two = connect();
        two.simpleQuery("SELECT a FROM big WHERE a = 1");
        closing(proxy).get(10, TimeUnit.SECONDS);
        assertSentOff(one.readUntil('Z'));
        assertSentOff(two.readUntil('Z'));
    }

    @Test
    void letsAStatementEndUpstream() throws Exception {
        RawClient busy = connect();
        RawClient idle = connect();
        busy.send(FrontendFrames.query("SELECT pg_sleep(1), 'done'"));
        try (Client direct = new Client(LoginRequest.to(SharedPostgres.port(), DATABASE))) {
            Await.until(
                    "the server sleeps",
                    () -> !direct.run("SELECT FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND wait_event = 'PgSleep'")
                            .rows()
                            .isEmpty());
        }
        CompletableFuture<Void> closed = closing(proxy);
        assertSentOff(idle.readUntil('Z'));
        assertNobodyGetsIn();
        Reply reply = new Reply(busy.readUntilReady());
        assertThat(reply.rows()).containsExactly(List.of("", "done"));
        assertThat(reply.status()).isEqualTo('I');
        assertSentOff(busy.readUntil('Z'));
        closed.get(10, TimeUnit.SECONDS);
    }

    private void assertNobodyGetsIn() {
        try {
            RawClient late = RawClient.attempt(LoginRequest.to(proxy.port(), DATABASE));
            assertThat(late.startupFrames()).noneMatch(frame -> frame.is('Z'));
            late.close();
        } catch (UncheckedIOException refused) {
            assertThat(refused.getCause()).isNotNull();
        }
    }

    /** The client doesn't read, so the answer from the cache stands in the middle when the stop begins. */
    @Test
    void letsAnAnswerFromTheCacheEnd() throws Exception {
        RawClient client = connect();
        String sql = "SELECT a, b FROM big WHERE b LIKE '%x%'";
        assertThat(client.simpleQuery(sql)).hasSize(60_003);
        client.send(FrontendFrames.query(sql));
        client.readUntil('T');
        CompletableFuture<Void> closed = closing(proxy);
        List<Frame> frames = client.readUntilReady();
        assertThat(frames).hasSize(60_002);
        assertThat(new Reply(frames).tag()).isEqualTo("SELECT 60000");
        assertSentOff(client.readUntil('Z'));
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void letsATransactionEnd() throws Exception {
        RawClient client = connect();
        client.simpleQuery("BEGIN");
        client.simpleQuery("CREATE TABLE IF NOT EXISTS made (a int)");
        RawClient idle = connect();
        CompletableFuture<Void> closed = closing(proxy);
        assertSentOff(idle.readUntil('Z'));
        assertThat(new Reply(client.simpleQuery("INSERT INTO made VALUES (1)")).status())
                .isEqualTo('T');
        assertThat(new Reply(client.simpleQuery("COMMIT")).status()).isEqualTo('I');
        assertSentOff(client.readUntil('Z'));
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void waitsNoLongerThanItsLimit() throws Exception {
        proxy.close();
        proxy = start(Duration.ofMillis(300));
        RawClient busy = connect();
        RawClient block = connect();
        block.simpleQuery("BEGIN");
        busy.send(FrontendFrames.query("SELECT pg_sleep(60)"));
        try (Client direct = new Client(LoginRequest.to(SharedPostgres.port(), DATABASE))) {
            Await.until(
                    "the server sleeps",
                    () -> !direct.run("SELECT FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND query LIKE '%pg_sleep(60)%'"
                                    + " AND wait_event = 'PgSleep'")
                            .rows()
                            .isEmpty());
            closing(proxy).get(10, TimeUnit.SECONDS);
            assertSentOff(busy.readUntil('Z'));
            assertSentOff(block.readUntil('Z'));
            direct.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
    }

    @Test
    void leavesNoConnectionBehind() {
        connect();
        connect();
        proxy.close();
        try (Client direct = new Client(LoginRequest.to(SharedPostgres.port(), DATABASE))) {
            Await.until(
                    "the connections have ended",
                    () -> direct.run("SELECT FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                                    + " AND backend_type = 'client backend'")
                            .rows()
                            .isEmpty());
        }
    }
}
