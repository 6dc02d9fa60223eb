package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What a session of PostgreSQL has besides statements and their answers. */
class TransparentSessionTest {
    private static final FrameCompare COMPARE = new FrameCompare(new RowOrder.Total(), FrameCompare.ErrorMatch.WHOLE);

    private static String database;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("sessions");
        SharedPostgres.execute(
                database,
                "CREATE TABLE t(a int PRIMARY KEY, b text)",
                "INSERT INTO t SELECT i, 'row ' || i FROM generate_series(1, 1000) i",
                "CREATE FUNCTION warns(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN"
                        + " FOR i IN 1..n LOOP RAISE NOTICE 'notice %', i USING DETAIL = 'of ' || n, HINT = 'none'; END LOOP;"
                        + " RAISE WARNING 'the end'; RETURN n; END $$");
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void cursorsOutliveTheirTransaction() {
        same(c -> all(
                c,
                "BEGIN",
                "DECLARE held SCROLL CURSOR WITH HOLD FOR SELECT a, b FROM t ORDER BY a",
                "FETCH 3 FROM held",
                "COMMIT",
                "FETCH 2 FROM held",
                "MOVE FORWARD 100 IN held",
                "FETCH BACKWARD 2 FROM held",
                "SELECT name, is_holdable FROM pg_cursors",
                "SELECT b FROM t WHERE a = 5",
                "FETCH NEXT FROM held",
                "CLOSE held",
                "FETCH NEXT FROM held"));
    }

    @Test
    void cursorsOfTheTransactionEndWithIt() {
        same(c -> all(
                c,
                "BEGIN",
                "DECLARE passing CURSOR FOR SELECT a FROM t ORDER BY a",
                "FETCH 2 FROM passing",
                "SELECT b FROM t WHERE a = 7",
                "FETCH 2 FROM passing",
                "ROLLBACK",
                "FETCH 2 FROM passing"));
    }

    @Test
    void cursorsOfSqlAndPortalsOfTheProtocolAreTheSame() {
        same(c -> {
            List<Frame> frames = all(c, "BEGIN", "DECLARE shared CURSOR FOR SELECT a FROM t ORDER BY a");
            c.send(FrontendFrames.describePortal("shared"), FrontendFrames.execute("shared", 2), FrontendFrames.sync());
            frames.addAll(c.readUntilReady());
            c.send(
                    FrontendFrames.parse("", "SELECT a, b FROM t ORDER BY a"),
                    FrontendFrames.bind("mine", ""),
                    FrontendFrames.execute("mine", 2),
                    FrontendFrames.sync());
            frames.addAll(c.readUntilReady());
            frames.addAll(all(c, "FETCH 2 FROM shared", "COMMIT"));
            return frames;
        });
    }

    @Test
    void noticesComeWhereTheyBelong() {
        same(c -> all(c, "SELECT warns(3)", "SET client_min_messages = warning", "SELECT warns(3)", "RESET ALL"));
        same(c -> {
            c.send(
                    FrontendFrames.parse("", "SELECT warns(2)"),
                    FrontendFrames.bind("", ""),
                    FrontendFrames.execute("", 0),
                    FrontendFrames.query("SELECT b FROM t WHERE a = 1"));
            return c.readUntilReady();
        });
    }

    @Test
    void functionCallsAreAnswered() {
        int lower = oid("SELECT 'lower(text)'::regprocedure::oid");
        Frame call = new FrameBody()
                .int32(lower)
                .int16(0)
                .int16(1)
                .int32(3)
                .bytes(new byte[] {'A', 'B', 'C'})
                .int16(0)
                .as('F');
        Frame unknown = new FrameBody().int32(1).int16(0).int16(0).int16(0).as('F');
        same(c -> {
            c.send(call, FrontendFrames.query("SELECT b FROM t WHERE a = 1"), unknown, call);
            return c.readUntilReady(4);
        });
    }

    @Test
    void notificationsReachAnIdleListener() throws Exception {
        try (Connection listener = connect();
                Connection sender = connect()) {
            execute(listener, "LISTEN news");
            execute(sender, "NOTIFY news, 'first'");
            execute(sender, "SELECT pg_notify('news', 'größer')");
            List<String> heard = new ArrayList<>();
            while (heard.size() < 2) {
                PGNotification[] some = listener.unwrap(PGConnection.class).getNotifications(20_000);
                assertThat(some).isNotEmpty();
                for (PGNotification each : some) {
                    heard.add(each.getName() + ":" + each.getParameter());
                }
            }
            assertThat(heard).containsExactly("news:first", "news:größer");
        }
    }

    @Test
    void notificationsToOneselfComeBehindTheStatement() {
        same(c -> all(c, "LISTEN own", "NOTIFY own, 'x'", "SELECT b FROM t WHERE a = 2", "UNLISTEN *", "NOTIFY own"));
    }

    @Test
    void changedParametersAreReported() {
        same(c -> all(
                c,
                "SET TimeZone = 'Asia/Kathmandu'",
                "SET application_name = 'someone'; SET DateStyle = 'German'",
                "BEGIN; SET LOCAL IntervalStyle = 'iso_8601'",
                "ROLLBACK",
                "DISCARD ALL"));
    }

    @Test
    void largeObjectsAreWrittenAndRead() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
            long oid = objects.createLO();
            try (LargeObject object = objects.open(oid, LargeObjectManager.WRITE)) {
                object.write(content);
            }
            connection.commit();
            try (LargeObject object = objects.open(oid, LargeObjectManager.READ)) {
                assertThat(object.size()).isEqualTo(content.length);
                assertThat(object.read(content.length)).isEqualTo(content);
                object.seek(1_000_000);
                assertThat(object.read(4)).isEqualTo(java.util.Arrays.copyOfRange(content, 1_000_000, 1_000_004));
            }
            objects.unlink(oid);
            connection.commit();
        }
    }

    @Test
    void rowsAreFetchedInPortions() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(37);
            try (ResultSet rows = statement.executeQuery("SELECT a, initcap(b) FROM t ORDER BY a")) {
                int count = 0;
                while (rows.next()) {
                    count++;
                    assertThat(rows.getString(2)).isEqualTo("Row " + count);
                }
                assertThat(count).isEqualTo(1000);
            }
        }
    }

    @Test
    void aTransactionSeesWhatItWrote() {
        same(c -> all(
                c,
                "SELECT b FROM t WHERE a = 10",
                "BEGIN",
                "UPDATE t SET b = 'changed' WHERE a = 10",
                "SELECT b FROM t WHERE a = 10",
                "SAVEPOINT s",
                "SELECT 1 / 0",
                "SELECT b FROM t WHERE a = 10",
                "ROLLBACK TO s",
                "SELECT b FROM t WHERE a = 10",
                "ROLLBACK",
                "SELECT b FROM t WHERE a = 10"));
    }

    @Test
    void aRunningStatementIsCanceled() {
        same(c -> {
            c.send(FrontendFrames.query("SELECT 'before', pg_sleep(0)"), FrontendFrames.query("SELECT pg_sleep(60)"));
            List<Frame> frames = new ArrayList<>(c.readUntilReady());
            Await.untilServerSays("EXISTS (SELECT FROM pg_stat_activity WHERE datname = '" + database
                    + "' AND wait_event = 'PgSleep')");
            c.cancel();
            frames.addAll(c.readUntilReady());
            frames.addAll(all(c, "SELECT b FROM t WHERE a = 3"));
            return frames;
        });
    }

    /** Holds the conversation with the server and with the proxy, and compares all that came. */
    private static void same(Function<RawClient, List<Frame>> conversation) {
        List<Frame> direct = hold(SharedPostgres.port(), conversation);
        List<Frame> proxied = hold(proxy.port(), conversation);
        assertThat(COMPARE.difference(direct, proxied)).isEmpty();
    }

    private static List<Frame> hold(int port, Function<RawClient, List<Frame>> conversation) {
        try (RawClient client = RawClient.connect(LoginRequest.to(port, database))) {
            return conversation.apply(client);
        }
    }

    private static List<Frame> all(RawClient client, String... statements) {
        List<Frame> frames = new ArrayList<>();
        for (String sql : statements) {
            frames.addAll(client.simpleQuery(sql));
        }
        return frames;
    }

    private static int oid(String sql) {
        try (RawClient client = RawClient.connect(LoginRequest.to(SharedPostgres.port(), database))) {
            return Integer.parseInt(
                    FrameText.textRows(client.simpleQuery(sql)).get(0).get(0));
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database + "?user=" + SharedPostgres.SUPERUSER);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
