package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LogCapture;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients hear when the server or the way to it goes away. */
class UpstreamLossTest {
    private static String database;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("loss");
        SharedPostgres.execute(database, "CREATE TABLE t(a int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void anIdleSessionIsTerminatedInTheServersWords() {
        try (RawClient client = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
            terminate(pid(client));
            endsWith(client, "57P01", "terminating connection due to administrator command");
        }
    }

    @Test
    void aSessionAtWorkIsTerminatedInTheServersWords() {
        try (RawClient client = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
            String pid = pid(client);
            client.send(FrontendFrames.query("SELECT pg_sleep(60)"), FrontendFrames.query("SELECT a FROM t"));
            Await.untilServerSays("(SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = " + pid + ")");
            terminate(pid);
            endsWith(client, "57P01", "terminating connection due to administrator command");
        }
    }

    @Test
    void aConnectionCutWithoutAWordIsAFailedOne() {
        try (CuttableLink link = new CuttableLink(SharedPostgres.port());
                ProxyUnderTest behind = ProxyUnderTest.inFrontOf(link.port(), database, Mode.READ_ONLY)) {
            try (RawClient idle = RawClient.connect(LoginRequest.to(behind.port(), database));
                    RawClient working = RawClient.connect(LoginRequest.to(behind.port(), database))) {
                String pid = pid(working);
                working.send(FrontendFrames.query("SELECT pg_sleep(60)"));
                Await.untilServerSays("(SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = " + pid + ")");
                link.cut();
                endsWith(idle, "08006", "the upstream server has closed the connection");
                endsWith(working, "08006", "the upstream server has closed the connection");
                terminate(pid);
            }
            try (RawClient again = RawClient.connect(LoginRequest.to(behind.port(), database))) {
                assertThat(FrameText.textRows(again.simpleQuery("SELECT count(*) FROM t")))
                        .containsExactly(List.of("2"));
            }
        }
    }

    @Test
    void theLogTellsOfTheLossAndOfTheRecoveryOnceEach() {
        try (LogCapture log = LogCapture.from(Level.INFO);
                CuttableLink link = new CuttableLink(SharedPostgres.port());
                ProxyUnderTest behind = ProxyUnderTest.inFrontOf(link.port(), database, Mode.READ_ONLY)) {
            try (RawClient client = RawClient.connect(LoginRequest.to(behind.port(), database))) {
                client.simpleQuery("SELECT a FROM t");
            }
            link.down(true);
            assertThat(log.await("is lost")).startsWith("WARN UpstreamState the upstream postgresql://");
            link.down(false);
            assertThat(log.await("is back after")).startsWith("INFO UpstreamState the upstream postgresql://");
            assertThat(log.lines()).filteredOn(line -> line.contains("is lost")).hasSize(1);
        }
    }

    @Test
    void anAnswerCutInTheMiddleIsNotTakenForAWholeOne() {
        try (CuttableLink link = new CuttableLink(SharedPostgres.port());
                ProxyUnderTest behind = ProxyUnderTest.inFrontOf(link.port(), database, Mode.TRANSPARENT);
                RawClient client = RawClient.connect(LoginRequest.to(behind.port(), database))) {
            client.send(FrontendFrames.query("SELECT repeat('x', 100000) FROM generate_series(1, 100000)"));
            client.readUntil('D');
            link.cut();
            List<Frame> rest = client.readUntilReady();
            assertThat(rest).last().matches(Frame::isEnd);
            assertThat(rest).noneMatch(frame -> frame.is('C') || frame.is('Z'));
        }
    }

    @Test
    @SuppressWarnings("try") // the link is cut before its time
    void aLoginWithoutAServerSaysSo() {
        try (CuttableLink link = new CuttableLink(SharedPostgres.port());
                ProxyUnderTest behind = ProxyUnderTest.inFrontOf(link.port(), database, Mode.READ_ONLY)) {
            link.cutForGood();
            try (RawClient client = RawClient.attempt(LoginRequest.to(behind.port(), database))) {
                Frame error = client.startupFrames().get(0);
                assertThat(FrameText.fields(error)).containsEntry('V', "FATAL").containsEntry('C', "08006");
                assertThat(FrameText.fields(error).get('M')).contains("cannot be reached");
                assertThat(client.read().isEnd()).isTrue();
            }
        }
    }

    @Test
    void theServerMayBeRestarted(@TempDir Path data) throws IOException {
        EmbeddedPostgres server = start(data, 0);
        int port = server.getPort();
        try (ProxyUnderTest behind = ProxyUnderTest.inFrontOf(port, "postgres", Mode.TRANSPARENT)) {
            try (RawClient client = RawClient.connect(LoginRequest.to(behind.port(), "postgres"))) {
                client.simpleQuery("CREATE TABLE kept(a int PRIMARY KEY)");
                client.simpleQuery("INSERT INTO kept VALUES (42)");
                assertThat(FrameText.textRows(client.simpleQuery("SELECT a FROM kept")))
                        .containsExactly(List.of("42"));
                server.close();
                endsWith(client, "57P01", "terminating connection due to administrator command");
            }
            try (RawClient client = RawClient.attempt(LoginRequest.to(behind.port(), "postgres"))) {
                assertThat(FrameText.sqlState(client.startupFrames())).isEqualTo("08006");
            }
            server = start(data, port);
            try (RawClient client = RawClient.connect(LoginRequest.to(behind.port(), "postgres"))) {
                client.simpleQuery("UPDATE kept SET a = 43");
                assertThat(FrameText.textRows(client.simpleQuery("SELECT a FROM kept")))
                        .containsExactly(List.of("43"));
            }
        } finally {
            server.close();
        }
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data.resolve("cluster"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private static String pid(RawClient client) {
        return FrameText.textRows(client.simpleQuery("SELECT pg_backend_pid()"))
                .get(0)
                .get(0);
    }

    private static void terminate(String pid) {
        SharedPostgres.execute("postgres", "SELECT pg_terminate_backend(" + pid + ")");
    }

    /** Asserts that this error comes before the end of any statement, and that nothing follows. */
    private static void endsWith(RawClient client, String sqlState, String message) {
        List<Frame> frames = client.readUntil('E');
        assertThat(frames).noneMatch(frame -> frame.is('Z') || frame.is('C'));
        Frame error = frames.get(frames.size() - 1);
        assertThat(FrameText.fields(error))
                .containsEntry('V', "FATAL")
                .containsEntry('C', sqlState)
                .containsEntry('M', message);
        assertThat(client.read().isEnd()).isTrue();
    }
}
