package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrontendFrames;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CancelRequest: reaches what runs, in the cache or upstream, with the right key, and nothing that comes later. */
class CancelTest {
    private static final String SLEEP = "SELECT pg_sleep(60)";

    /** A full scan for a worker whose answer fills any socket: it can't be over before the cancel comes. */
    private static final String LONG = "SELECT a, b, c FROM big WHERE b LIKE '%x%'";

    private static Scene scene;
    private Client client;
    private Client direct;

    @BeforeAll
    static void start() {
        scene = Scene.transparent(
                "cancel",
                "CREATE TABLE big (a int, b text, c text)",
                "INSERT INTO big SELECT i, repeat('x', 100), repeat('y', 100) FROM generate_series(1, 150000) i",
                "CREATE TABLE small (a int)",
                "INSERT INTO small VALUES (1)",
                "ANALYZE");
        try (Client client = scene.client()) {
            Await.until("the big table is in the cache", () -> {
                client.run("SELECT count(*) FROM big WHERE b LIKE '%x%' AND a > 0 AND c <> ''");
                return Scene.explain(client, LONG).contains("cached: yes");
            });
        }
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void connect() {
        client = scene.client();
        direct = scene.direct();
    }

    @AfterEach
    void disconnect() {
        client.close();
        direct.close();
    }

    private boolean isSleeping() {
        return !direct.run("SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active'"
                        + " AND pid <> pg_backend_pid() AND datname = current_database() AND wait_event = 'PgSleep'")
                .rows()
                .isEmpty();
    }

    private static void assertCanceled(List<Frame> frames) {
        Reply reply = new Reply(frames);
        assertThat(reply.sqlState()).isEqualTo("57014");
        assertThat(reply.message()).isEqualTo("canceling statement due to user request");
        assertThat(reply.status()).isEqualTo('I');
    }

    @Test
    void reachesTheUpstream() {
        for (boolean extended : new boolean[] {false, true}) {
            if (extended) {
                client.raw().send(ExtendedQuery.of(SLEEP).frames());
            } else {
                client.raw().send(FrontendFrames.query(SLEEP));
            }
            Await.until("the server sleeps", this::isSleeping);
            client.raw().cancel();
            assertCanceled(client.raw().readUntilReady());
            assertThat(client.run("SELECT a FROM small").value()).isEqualTo("1");
        }
    }

    /** The client reads the first rows only, so that the answer stands still until it is canceled. */
    @Test
    void reachesTheCache() {
        for (boolean extended : new boolean[] {false, true}) {
            scene.tap().clear();
            if (extended) {
                client.raw().send(ExtendedQuery.of(LONG).frames());
            } else {
                client.raw().send(FrontendFrames.query(LONG));
            }
            client.raw().readUntil('D');
            client.raw().cancel();
            assertCanceled(client.raw().readUntilReady());
            assertThat(scene.tap().statements()).isEmpty();
            assertThat(client.run("SELECT count(*) FROM big").value()).isEqualTo("150000");
            assertThat(client.run("SELECT a FROM small").value()).isEqualTo("1");
        }
    }

    /** A statement that gives no row for a long time is broken off inside SQLite. */
    @Test
    void breaksOffAScan() {
        StringBuilder slow = new StringBuilder("SELECT count(*) FROM big WHERE b LIKE '%x%z'");
        for (int i = 0; i < 60; i++) {
            slow.append(" OR c LIKE '%y%").append(i).append("'");
        }
        client.run("SELECT a FROM small");
        int pid = key(client).getInt();
        try (Client other = scene.client()) {
            Await.until("a canceled scan", () -> {
                client.raw().send(FrontendFrames.query(slow.toString()));
                Await.until(
                        "the scan runs",
                        () -> other.run("SELECT state FROM sqlmem.sessions WHERE pid = " + pid)
                                .value()
                                .equals("active"));
                scene.tap().clear();
                client.raw().cancel();
                Reply reply = new Reply(client.raw().readUntilReady());
                assertThat(reply.sqlState()).isIn("", "57014");
                assertThat(scene.tap().statements()).isEmpty();
                return reply.failed();
            });
        }
        assertThat(client.run("SELECT count(*) FROM big").value()).isEqualTo("150000");
    }

    @Test
    void lowersTheStatusOfABlock() {
        client.run("BEGIN");
        client.raw().send(FrontendFrames.query(SLEEP));
        Await.until("the server sleeps", this::isSleeping);
        client.raw().cancel();
        assertThat(new Reply(client.raw().readUntilReady()).status()).isEqualTo('E');
        client.run("ROLLBACK");
    }

    @Test
    void leavesOthersAlone() {
        try (Client other = scene.client()) {
            other.raw().send(FrontendFrames.query(SLEEP));
            Await.until("the server sleeps", this::isSleeping);
            client.raw().cancel();
            ByteBuffer key = key(other);
            int pid = key.getInt();
            int secret = key.getInt();
            sendCancel(pid, secret + 1);
            sendCancel(pid + 1, secret);
            sendCancel(pid);
            sendCancel(pid, secret, secret);
            assertThat(isSleeping()).isTrue();
            assertThat(other.raw().poll(Duration.ofMillis(1))).isNull();
            sendCancel(pid, secret);
            assertCanceled(other.raw().readUntilReady());
        }
    }

    private static ByteBuffer key(Client client) {
        return ByteBuffer.wrap(client.raw().startupFrames().stream()
                .filter(frame -> frame.is('K'))
                .findFirst()
                .orElseThrow()
                .body());
    }

    private static void sendCancel(int... numbers) {
        ByteBuffer packet = ByteBuffer.allocate(8 + 4 * numbers.length);
        packet.putInt(packet.capacity()).putInt(80877102);
        for (int number : numbers) {
            packet.putInt(number);
        }
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), scene.proxy().port())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
            socket.getOutputStream().write(packet.array());
            InputStream in = socket.getInputStream();
            assertThat(in.readAllBytes())
                    .satisfiesAnyOf(
                            bytes -> assertThat(bytes).isEmpty(),
                            bytes -> assertThat(bytes[0]).isEqualTo((byte) 'E'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A cancel for what is over already must not break what comes next. */
    @Test
    void neverHitsTheNextStatement() {
        for (int i = 0; i < 60; i++) {
            client.raw().send(FrontendFrames.query("SELECT pg_sleep(0.001)"));
            client.raw().cancel();
            Reply reply = new Reply(client.raw().readUntilReady());
            assertThat(reply.sqlState()).isIn("", "57014");
            assertThat(client.ask("SELECT 1, pg_sleep(0.002)").failed()).isFalse();
            assertThat(client.ask("SELECT a FROM small").failed()).isFalse();
        }
        for (int i = 0; i < 60; i++) {
            client.raw().cancel();
            assertThat(client.ask("SELECT a FROM small").failed()).isFalse();
            client.raw().cancel();
            assertThat(client.ask("SELECT pg_sleep(0.001)").failed()).isFalse();
        }
    }

    /** The same where the next statement is in the pipe before the cancel: it may be hit, but is answered. */
    @Test
    void answersAllThatIsInThePipe() {
        for (int i = 0; i < 20; i++) {
            client.raw()
                    .send(
                            FrontendFrames.query("SELECT pg_sleep(0.002)"),
                            FrontendFrames.query("SELECT a FROM small"),
                            FrontendFrames.query("SELECT pg_sleep(0.002)"));
            client.raw().cancel();
            client.raw().readUntilReady(3);
            assertThat(client.run("SELECT a FROM small").value()).isEqualTo("1");
        }
    }

    @Test
    void serveADriver() throws Exception {
        try (Connection connection = scene.jdbc();
                Statement statement = connection.createStatement()) {
            CompletableFuture<Boolean> asleep = CompletableFuture.supplyAsync(() -> {
                Await.until("the server sleeps", this::isSleeping);
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
                return true;
            });
            try (ResultSet rows = statement.executeQuery(SLEEP)) {
                throw new AssertionError("not canceled: " + rows.next());
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("57014");
            }
            assertThat(result(asleep)).isTrue();
            try (ResultSet row = statement.executeQuery("SELECT a FROM small")) {
                assertThat(row.next()).isTrue();
            }
            statement.setQueryTimeout(1);
            try (ResultSet rows = statement.executeQuery(SLEEP)) {
                throw new AssertionError("no timeout: " + rows.next());
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("57014");
            }
        }
    }

    private static boolean result(CompletableFuture<Boolean> future) throws InterruptedException {
        try {
            return Objects.requireNonNull(future.get());
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
