package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Replication connections go straight through, in transparent mode only. */
class ReplicationTest {
    private static String database;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("replication");
        SharedPostgres.execute(database, "CREATE TABLE t(a int PRIMARY KEY, b text)");
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "database"})
    void identifySystemIsAnsweredByTheServer(String kind) {
        List<List<String>> direct = identify(SharedPostgres.port(), kind);
        List<List<String>> proxied = identify(proxy.port(), kind);
        assertThat(proxied.get(0).get(0)).isEqualTo(direct.get(0).get(0));
        assertThat(proxied.get(0).get(3)).isEqualTo(kind.equals("database") ? database : "NULL");
    }

    private static List<List<String>> identify(int port, String kind) {
        try (RawClient client =
                RawClient.connect(LoginRequest.to(port, database).set("replication", kind))) {
            List<List<String>> rows = FrameText.textRows(client.simpleQuery("IDENTIFY_SYSTEM"));
            assertThat(rows).hasSize(1);
            return rows;
        }
    }

    @Test
    void changesAreStreamed() throws Exception {
        try (Connection connection = connect(proxy.port(), "database")) {
            PGConnection replication = connection.unwrap(PGConnection.class);
            replication
                    .getReplicationAPI()
                    .createReplicationSlot()
                    .logical()
                    .withSlotName("sqlmem_relay_test")
                    .withOutputPlugin("test_decoding")
                    .withTemporaryOption()
                    .make();
            SharedPostgres.execute(
                    database, "INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 500) i");
            try (PGReplicationStream stream = replication
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName("sqlmem_relay_test")
                    .withSlotOption("skip-empty-xacts", true)
                    .start()) {
                int rows = 0;
                String text = "";
                while (!text.startsWith("COMMIT")) {
                    text = next(stream);
                    rows += text.startsWith("table public.t: INSERT:") ? 1 : 0;
                }
                assertThat(rows).isEqualTo(500);
                stream.setAppliedLSN(stream.getLastReceiveLSN());
                stream.setFlushedLSN(stream.getLastReceiveLSN());
                stream.forceUpdateStatus();
                SharedPostgres.execute(database, "DELETE FROM t WHERE a = 7");
                assertThat(next(stream)).startsWith("BEGIN");
                assertThat(next(stream)).isEqualTo("table public.t: DELETE: a[integer]:7");
            }
        }
    }

    @Test
    void rowsWrittenBesideAreSeenAtOnce() {
        SharedPostgres.execute(database, "CREATE TABLE beside(a int PRIMARY KEY)");
        try (RawClient reader = RawClient.connect(LoginRequest.to(proxy.port(), database));
                RawClient writer = RawClient.connect(
                        LoginRequest.to(proxy.port(), database).set("replication", "database"))) {
            assertThat(count(reader)).isEqualTo("0");
            writer.simpleQuery("INSERT INTO beside VALUES (1)");
            assertThat(count(reader)).isEqualTo("1");
            writer.simpleQuery("BEGIN");
            writer.simpleQuery("INSERT INTO beside VALUES (2)");
            assertThat(count(reader)).isEqualTo("1");
            writer.simpleQuery("COMMIT");
            assertThat(count(reader)).isEqualTo("2");
        }
    }

    private static String count(RawClient client) {
        return FrameText.textRows(client.simpleQuery("SELECT count(*) FROM beside"))
                .get(0)
                .get(0);
    }

    @Test
    void theLogIsStreamed() throws Exception {
        String start;
        try (RawClient client = RawClient.connect(LoginRequest.to(SharedPostgres.port(), database))) {
            start = FrameText.textRows(client.simpleQuery("SELECT pg_current_wal_flush_lsn()"))
                    .get(0)
                    .get(0);
        }
        try (Connection connection = connect(proxy.port(), "true")) {
            try (PGReplicationStream stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .physical()
                    .withStartPosition(LogSequenceNumber.valueOf(start))
                    .start()) {
                SharedPostgres.execute(database, "CREATE TABLE written(a int)");
                assertThat(stream.read().remaining()).isPositive();
                assertThat(stream.getLastReceiveLSN().asLong())
                        .isGreaterThanOrEqualTo(LogSequenceNumber.valueOf(start).asLong());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "on", "1", "yes", "database"})
    void readOnlyModeRefuses(String kind) {
        try (ProxyUnderTest readOnly = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.READ_ONLY);
                RawClient client = RawClient.attempt(
                        LoginRequest.to(readOnly.port(), database).set("replication", kind))) {
            Frame error = client.startupFrames().get(0);
            assertThat(FrameText.fields(error)).containsEntry('V', "FATAL").containsEntry('C', "0A000");
            assertThat(FrameText.fields(error).get('M'))
                    .startsWith("UnsupportedQueryError: ")
                    .contains("--mode transparent");
            assertThat(client.read().isEnd()).isTrue();
            assertThatThrownBy(() -> connect(readOnly.port(), kind).close())
                    .isInstanceOf(SQLException.class)
                    .extracting("SQLState")
                    .isEqualTo("0A000");
        }
    }

    /** The next message; pgjdbc answers the server's keep-alives meanwhile. */
    private static String next(PGReplicationStream stream) throws SQLException {
        ByteBuffer message = stream.read();
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Connection connect(int port, String kind) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SharedPostgres.SUPERUSER);
        properties.setProperty("replication", kind);
        properties.setProperty("assumeMinServerVersion", "13");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }
}
