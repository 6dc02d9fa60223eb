package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Much data through little memory, however slow the other side is. */
class LargeTransferTest {
    private static final int MIB = 1 << 20;

    /** Buffers of both channels and a chunk of the allocator's; two orders below what is transferred. */
    private static final long BOUND = 16L * MIB;

    private static String database;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("transfers");
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void aClientThatDoesNotReadStopsTheServer() {
        try (RawClient client = connect("slow reader")) {
            long before = NettyMemory.bytes();
            client.send(FrontendFrames.query("SELECT repeat('x', 1000) FROM generate_series(1, 100000)"));
            Await.untilServerSays(waits("slow reader", "ClientWrite"));
            assertThat(NettyMemory.bytes() - before).isLessThan(BOUND);
            long most = 0;
            long rows = 0;
            Frame frame;
            do {
                frame = client.read();
                rows += frame.is('D') ? 1 : 0;
                most = Math.max(most, rows % 100 == 0 ? NettyMemory.bytes() - before : 0);
            } while (!frame.is('Z'));
            assertThat(rows).isEqualTo(100_000);
            assertThat(most).isLessThan(BOUND);
        }
    }

    @Test
    void aServerThatDoesNotReadStopsTheClient() {
        SharedPostgres.execute(
                database,
                "CREATE TABLE upload(v text)",
                "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$",
                "CREATE TRIGGER hold BEFORE INSERT ON upload FOR EACH ROW EXECUTE FUNCTION hold()");
        try (RawClient holder = RawClient.connect(LoginRequest.to(SharedPostgres.port(), database));
                RawClient client = connect("slow server")) {
            holder.simpleQuery("SELECT pg_advisory_lock(4711)");
            long before = NettyMemory.bytes();
            client.send(FrontendFrames.query("COPY upload FROM STDIN"));
            client.readUntil('G');
            client.send(copyData(100 * MIB));
            client.send(FrontendFrames.copyDone());
            Await.until("the server waits for the lock", () -> {
                assertThat(client.poll(Duration.ofMillis(10))).isNull(); // goes on sending meanwhile
                return serverSays(holder, waits("slow server", "advisory"));
            });
            assertThat(client.poll(Duration.ofSeconds(1))).isNull();
            assertThat(NettyMemory.bytes() - before).isLessThan(BOUND);
            holder.simpleQuery("SELECT pg_advisory_unlock(4711)");
            long most = 0;
            Frame frame;
            do {
                frame = client.poll(Duration.ofMillis(20));
                most = Math.max(most, NettyMemory.bytes() - before);
            } while (frame == null);
            assertThat(frame).hasToString("CommandComplete COPY " + 100 * MIB / 1024 + "\\x00");
            assertThat(most).isLessThan(BOUND);
        }
    }

    @Test
    void aHugeValueComesInPieces() {
        try (RawClient client = connect("huge reader")) {
            long before = NettyMemory.bytes();
            client.send(FrontendFrames.query("SELECT repeat('0123456789abcdef', 4 * 1024 * 1024)"));
            Await.untilServerSays(waits("huge reader", "ClientWrite"));
            assertThat(NettyMemory.bytes() - before).isLessThan(BOUND);
            List<Frame> answer = client.readUntilReady();
            byte[] value = FrameText.cells(answer.get(1)).get(0);
            assertThat(value).hasSize(64 * MIB);
            byte[] expected = new byte[64 * MIB];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = (byte) "0123456789abcdef".charAt(i & 15);
            }
            assertThat(Arrays.equals(value, expected)).isTrue();
            assertThat(NettyMemory.bytes() - before).isLessThan(BOUND);
        }
    }

    @Test
    void aHugeValueGoesBothWays() throws Exception {
        byte[] value = new byte[64 * MIB];
        new java.util.Random(11).nextBytes(value);
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + proxy.port() + "/"
                        + database + "?user=" + SharedPostgres.SUPERUSER);
                Statement create = connection.createStatement()) {
            create.execute("CREATE TABLE huge(id int PRIMARY KEY, v bytea)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO huge VALUES (?, ?)")) {
                insert.setInt(1, 1);
                insert.setBytes(2, value);
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT v, length(v) FROM huge WHERE id = ?")) {
                select.setInt(1, 1);
                try (ResultSet row = select.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getInt(2)).isEqualTo(value.length);
                    assertThat(Arrays.equals(row.getBytes(1), value)).isTrue();
                }
            }
        }
    }

    private static RawClient connect(String name) {
        return RawClient.connect(LoginRequest.to(proxy.port(), database).set("application_name", name));
    }

    private static String waits(String name, String event) {
        return "EXISTS (SELECT FROM pg_stat_activity WHERE application_name = '" + name + "' AND wait_event = '" + event
                + "')";
    }

    private static boolean serverSays(RawClient direct, String condition) {
        return FrameText.textRows(direct.simpleQuery("SELECT " + condition)).equals(List.of(List.of("t")));
    }

    /** Messages of 64 KiB, a kibibyte a row. */
    private static List<Frame> copyData(int bytes) {
        Frame message = FrontendFrames.copyData(("y".repeat(1023) + "\n").repeat(64));
        List<Frame> messages = new ArrayList<>();
        for (int sent = 0; sent < bytes; sent += message.body().length) {
            messages.add(message);
        }
        return messages;
    }
}
