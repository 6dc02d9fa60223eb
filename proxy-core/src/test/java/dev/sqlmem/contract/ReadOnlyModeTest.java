package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sqlmem.testing.FrontendFrames;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default mode: what is refused, with which error, and what works as ever. */
class ReadOnlyModeTest {
    private static Scene scene;
    private static Client client;
    private static Client direct;

    @BeforeAll
    static void start() {
        scene = Scene.readOnly(
                "read_only",
                "CREATE TABLE orders (a int PRIMARY KEY, b text)",
                "CREATE TABLE items (a int, c text)",
                "INSERT INTO orders VALUES (1, 'one'), (2, 'two')",
                "INSERT INTO items VALUES (1, 'x')",
                "CREATE SEQUENCE numbers",
                "CREATE VIEW seen AS SELECT a, b FROM orders",
                "CREATE PROCEDURE act() LANGUAGE sql AS 'DELETE FROM orders'");
        client = scene.client();
        direct = scene.direct();
    }

    @AfterAll
    static void stop() {
        direct.close();
        client.close();
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders",
                "SELECT o.* FROM orders o",
                "SELECT orders.* FROM orders",
                "SELECT a, * FROM orders",
                "SELECT public.orders.* FROM public.orders",
                "SELECT count(*), max(x.a) FROM (SELECT * FROM orders) x",
                "SELECT a FROM orders WHERE EXISTS (SELECT * FROM items)",
                "WITH w AS (SELECT * FROM orders) SELECT a FROM w",
                "WITH w AS (SELECT a, b FROM orders) SELECT * FROM w",
                "SELECT 1 UNION ALL SELECT * FROM (SELECT a FROM orders) x",
                "TABLE orders",
                "SELECT * FROM seen",
                "SELECT a FROM orders; SELECT * FROM orders",
                "EXPLAIN SELECT * FROM orders",
                "PREPARE p AS SELECT * FROM orders",
                "DECLARE c CURSOR FOR SELECT * FROM orders",
                "COPY (SELECT * FROM orders) TO STDOUT",
                "/* a comment */ SELECT /* another */ * -- and one more\n FROM orders",
                "SELECT (o).* FROM orders o"
            })
    void refusesWildcards(String sql) {
        assertUnsupported(sql, "Name the columns, or start the proxy with --mode transparent.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT orders.a FROM orders JOIN items ON orders.a = items.a",
                "SELECT o.a FROM orders o, items i WHERE o.a = i.a",
                "SELECT a FROM orders NATURAL JOIN items",
                "SELECT o.a FROM orders o CROSS JOIN items",
                "SELECT o.a FROM orders o LEFT JOIN items USING (a)",
                "SELECT o.a FROM orders o FULL OUTER JOIN items i ON o.a = i.a",
                "SELECT o.a FROM orders o, LATERAL (SELECT c FROM items WHERE items.a = o.a) x",
                "SELECT o.a FROM orders o CROSS JOIN LATERAL (SELECT c FROM items WHERE items.a = o.a) x",
                "SELECT o.a FROM orders o, generate_series(1, 2)",
                "SELECT x.a FROM (SELECT o.a FROM orders o JOIN items i ON o.a = i.a) x",
                "WITH w AS (SELECT o.a FROM orders o JOIN items i ON o.a = i.a) SELECT a FROM w",
                "SELECT a FROM orders WHERE EXISTS (SELECT 1 FROM items i JOIN orders p ON i.a = p.a)",
                "SELECT a FROM orders WHERE a IN (SELECT i.a FROM items i, orders p)",
                "SELECT (SELECT max(o.a) FROM orders o JOIN items i ON o.a = i.a)",
                "SELECT a FROM orders UNION SELECT o.a FROM orders o JOIN items i ON o.a = i.a",
                "SELECT c.relname FROM pg_class c JOIN orders ON orders.a = 1",
                "SELECT o.a FROM (orders o JOIN items i ON o.a = i.a)",
                "EXPLAIN SELECT o.a FROM orders o JOIN items i ON o.a = i.a"
            })
    void refusesJoins(String sql) {
        assertUnsupported(sql, "Query one table at a time, or start the proxy with --mode transparent.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO orders VALUES (9, 'nine')",
                "insert into public.orders(a) select 9 where false",
                "UPDATE orders SET b = 'changed'",
                "DELETE FROM orders",
                "MERGE INTO orders o USING items i ON o.a = i.a WHEN MATCHED THEN DELETE",
                "TRUNCATE orders",
                "CREATE TABLE other (a int)",
                "CREATE TEMP TABLE other (a int)",
                "CREATE TABLE other AS SELECT a FROM orders",
                "CREATE INDEX ON orders (b)",
                "CREATE VIEW other AS SELECT 1",
                "CREATE FUNCTION other() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "ALTER TABLE orders ADD COLUMN z int",
                "DROP TABLE orders",
                "GRANT SELECT ON orders TO public",
                "COMMENT ON TABLE orders IS 'x'",
                "COPY orders FROM STDIN",
                "COPY orders FROM '/nowhere'",
                "COPY orders TO '/nowhere'",
                "COPY orders TO PROGRAM 'true'",
                "COPY (DELETE FROM orders RETURNING a) TO STDOUT",
                "WITH gone AS (DELETE FROM orders RETURNING a) SELECT a FROM gone",
                "WITH new AS (INSERT INTO orders VALUES (9, 'nine') RETURNING a) SELECT count(*) FROM new",
                "SELECT a INTO other FROM orders",
                "SELECT a FROM orders FOR UPDATE",
                "SELECT a FROM orders FOR NO KEY UPDATE",
                "SELECT a FROM orders FOR SHARE",
                "EXPLAIN ANALYZE DELETE FROM orders",
                "EXPLAIN (ANALYZE, COSTS OFF) INSERT INTO orders VALUES (9, 'nine')",
                "PREPARE p AS DELETE FROM orders",
                "DO $$ BEGIN DELETE FROM orders; END $$",
                "CALL act()",
                "SELECT nextval('numbers')",
                "SELECT setval('numbers', 7)",
                "SELECT pg_catalog.setval('numbers', 7)",
                "SELECT lo_create(0)",
                "SELECT a FROM orders; DELETE FROM orders",
                "BEGIN; DELETE FROM orders; COMMIT",
                "VACUUM orders",
                "ANALYZE orders",
                "REFRESH MATERIALIZED VIEW seen",
                "REINDEX TABLE orders",
                "CLUSTER orders",
                "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE; DELETE FROM orders",
                "PREPARE TRANSACTION 'x'",
                "ROLLBACK PREPARED 'x'",
                "ALTER SYSTEM SET work_mem = '4MB'",
                "REASSIGN OWNED BY postgres TO postgres",
                "IMPORT FOREIGN SCHEMA x FROM SERVER y INTO z",
                "SECURITY LABEL ON TABLE orders IS 'x'",
                "LOAD 'auto_explain'",
                "CHECKPOINT"
            })
    void refusesWrites(String sql) {
        assertRefused(client.ask(sql), "25006", "ReadOnlyError: ", "To relay such statements,");
        assertRefused(client.extended(sql), "25006", "ReadOnlyError: ", "To relay such statements,");
    }

    private static void assertUnsupported(String sql, String hint) {
        assertRefused(client.ask(sql), "0A000", "UnsupportedQueryError: ", hint);
        if (!sql.contains(";")) {
            assertRefused(client.extended(sql), "0A000", "UnsupportedQueryError: ", hint);
        }
    }

    private static void assertRefused(Reply reply, String sqlState, String message, String hint) {
        assertThat(reply.rows()).isEmpty();
        assertThat(reply.sqlState()).isEqualTo(sqlState);
        assertThat(reply.message()).startsWith(message);
        assertThat(reply.hint()).startsWith(hint).endsWith("start the proxy with --mode transparent.");
        assertThat(reply.status()).isEqualTo('I');
    }

    @Test
    void refusesWithoutAskingTheServer() {
        client.run("SELECT 1");
        scene.tap().clear();
        client.ask("DELETE FROM orders");
        client.ask("SELECT * FROM orders");
        client.extended("SELECT o.a FROM orders o, items i");
        client.run("SELECT 2");
        assertThat(scene.tap().statements()).containsExactly("SELECT 2");
    }

    @Test
    void leavesOutWhatFollowsARefusedParse() {
        Reply reply = client.frames(
                FrontendFrames.parse("", "DELETE FROM orders"),
                FrontendFrames.bind("", ""),
                FrontendFrames.execute("", 0),
                FrontendFrames.parse("", "SELECT a FROM orders"),
                FrontendFrames.bind("", ""),
                FrontendFrames.execute("", 0),
                FrontendFrames.sync());
        assertThat(reply.frames()).extracting(frame -> frame.tag()).containsExactly('E', 'Z');
        assertThat(reply.sqlState()).isEqualTo("25006");
    }

    @Test
    void endsADriversStatementWithItsError() throws Exception {
        try (Connection connection = scene.jdbc();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeUpdate("DELETE FROM orders"))
                    .withMessageContaining("ReadOnlyError: ")
                    .withMessageContaining("--mode transparent")
                    .returns("25006", SQLException::getSQLState);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeQuery("SELECT * FROM orders"))
                    .withMessageContaining("UnsupportedQueryError: ")
                    .returns("0A000", SQLException::getSQLState);
        }
    }

    /** All of these give the server's own answer, frame by frame. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a, b FROM orders ORDER BY a",
                "SELECT count(*) FROM orders",
                "SELECT count(*) AS c, a * 2 AS d FROM orders GROUP BY a ORDER BY a",
                "SELECT a FROM orders WHERE EXISTS (SELECT 1 FROM items WHERE items.a = orders.a)",
                "SELECT a FROM orders WHERE a IN (SELECT a FROM items)",
                "SELECT a, (SELECT c FROM items WHERE items.a = orders.a) FROM orders ORDER BY a",
                "SELECT a FROM orders UNION SELECT a FROM items ORDER BY a",
                "SELECT x.a FROM (SELECT a FROM orders) x ORDER BY 1",
                "WITH w AS (SELECT a FROM orders) SELECT a FROM w ORDER BY a",
                "SELECT a, b FROM seen ORDER BY a",
                "SELECT upper(b), a + 1 FROM orders ORDER BY a",
                "SELECT 1",
                "SELECT * FROM generate_series(1, 3)",
                "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(x, y)",
                "VALUES (1), (2)",
                "SELECT",
                "",
                ";",
                "-- nothing",
                "SELECT * FROM pg_catalog.pg_class WHERE relname = 'orders'",
                "SELECT * FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE relname = 'orders'",
                "SELECT c.*, a.attname FROM pg_class c, pg_attribute a WHERE a.attrelid = c.oid AND relname = 'items'"
                        + " ORDER BY attnum",
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
                        + " ORDER BY 1, 2",
                "SELECT * FROM information_schema.tables WHERE table_name = 'orders'",
                "SELECT current_database(), current_user, session_user, current_schema()",
                "SHOW server_version",
                "SHOW transaction_read_only",
                "SET work_mem = '5MB'",
                "SET application_name = 'me'",
                "RESET work_mem",
                "SELECT set_config('work_mem', '6MB', false)",
                "EXPLAIN (COSTS OFF) SELECT a FROM orders",
                "EXPLAIN (COSTS OFF) DELETE FROM orders",
                "COPY orders TO STDOUT",
                "COPY orders (b) TO STDOUT WITH (FORMAT csv, HEADER)",
                "COPY (SELECT b, a FROM orders ORDER BY a DESC) TO STDOUT",
                "LISTEN something",
                "UNLISTEN *",
                "DISCARD PLANS",
                "DEALLOCATE ALL",
                "NONSENSE",
                "SELECT nonsense FROM orders",
                "SELECT a FROM nowhere",
                "SELECT a FROM orders WHERE b = 5",
                "SELECT a FROM orders WHERE a = 'x'",
                "SELECT 1/0",
                "SELECT a FROM orders ORDER BY",
                "SELECT 1; SELECT a FROM orders ORDER BY a; SHOW work_mem"
            })
    void answersLikeTheServer(String sql) {
        for (int i = 0; i < 2; i++) {
            if (sql.equals("SHOW transaction_read_only")) {
                assertThat(client.run(sql).value()).isEqualTo("on");
            } else {
                assertThat(Scene.difference(direct, client, sql)).isEmpty();
            }
        }
    }

    @Test
    void keepsCursorsAndBlocksUpstream() {
        assertThat(client.run("BEGIN").status()).isEqualTo('T');
        client.run("DECLARE c CURSOR FOR SELECT a FROM orders ORDER BY a");
        assertThat(client.run("FETCH 1 FROM c").column()).containsExactly("1");
        assertThat(client.run("FETCH ALL FROM c").column()).containsExactly("2");
        client.run("CLOSE c");
        client.run("SAVEPOINT s");
        assertThat(client.ask("SELECT 1/0").status()).isEqualTo('E');
        assertThat(client.ask("SELECT a FROM orders").sqlState()).isEqualTo("25P02");
        assertThat(client.run("ROLLBACK TO s").status()).isEqualTo('T');
        assertThat(client.run("SELECT a FROM orders WHERE a = 1").value()).isEqualTo("1");
        assertThat(client.run("COMMIT").status()).isEqualTo('I');
        client.run("PREPARE p (int) AS SELECT b FROM orders WHERE a = $1");
        assertThat(client.run("EXECUTE p(2)").value()).isEqualTo("two");
        client.run("DEALLOCATE p");
    }

    /** A refused statement never ran: the block that it was sent in goes on, as far as the server knows. */
    @Test
    void tellsTheTruthAboutTheBlockAfterARefusal() {
        client.run("BEGIN");
        Reply refused = client.ask("DELETE FROM orders");
        assertThat(refused.sqlState()).isEqualTo("25006");
        Reply after = client.ask("SELECT a FROM orders WHERE a = 1");
        assertThat(after.status()).isEqualTo(refused.status());
        assertThat(after.failed()).isEqualTo(refused.status() == 'E');
        client.run("ROLLBACK");
    }

    @Test
    void deliversNotifications() {
        client.run("LISTEN orders_changed");
        scene.behindTheProxy("NOTIFY orders_changed, 'now'");
        assertThat(client.raw().readUntil('A'))
                .last()
                .satisfies(frame -> assertThat(frame.toString()).contains("orders_changed"));
        client.run("UNLISTEN *");
    }
}
