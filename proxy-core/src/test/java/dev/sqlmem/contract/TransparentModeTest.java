package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transparent mode: nothing is refused, and every answer is the server's own. */
class TransparentModeTest {
    private static final String[] SCRIPT = {
        "CREATE TABLE orders (a int PRIMARY KEY, b text)",
        "CREATE TABLE items (a int, c text)",
        "INSERT INTO orders VALUES (1, 'one'), (2, 'two')",
        "INSERT INTO items VALUES (1, 'x')",
        "CREATE SEQUENCE numbers",
        "CREATE PROCEDURE act() LANGUAGE sql AS 'UPDATE orders SET b = b'"
    };

    private static Scene scene;
    private static Scene twin;
    private static Client proxied;
    private static Client direct;

    /** Two databases that go through the same history, one behind the proxy. */
    @BeforeAll
    static void start() {
        scene = Scene.transparent("transparent", SCRIPT);
        twin = Scene.transparent("transparent", SCRIPT);
        proxied = scene.client();
        direct = twin.direct();
    }

    @AfterAll
    static void stop() {
        direct.close();
        proxied.close();
        twin.close();
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders ORDER BY a",
                "SELECT o.*, i.c FROM orders o JOIN items i ON o.a = i.a ORDER BY 1, 3",
                "SELECT * FROM orders, items ORDER BY 1, 4",
                "SELECT * FROM orders NATURAL JOIN items ORDER BY 1, 3",
                "SELECT * FROM orders o, LATERAL (SELECT c FROM items WHERE items.a = o.a) x ORDER BY 1, 3",
                "TABLE items ORDER BY 1, 2",
                "WITH w AS (SELECT * FROM orders) SELECT * FROM w ORDER BY 1",
                "INSERT INTO orders VALUES (3, 'three')",
                "INSERT INTO orders VALUES (3, 'again')",
                "INSERT INTO items VALUES (3, 'z') RETURNING a, c",
                "UPDATE orders SET b = 'changed' WHERE a = 1",
                "DELETE FROM orders WHERE a = 2",
                "MERGE INTO orders o USING items i ON o.a = i.a WHEN MATCHED THEN UPDATE SET b = i.c",
                "WITH gone AS (DELETE FROM items WHERE a = 3 RETURNING a) SELECT a FROM gone",
                "SELECT a, b INTO copied FROM orders",
                "SELECT a FROM orders WHERE a = 1 FOR UPDATE",
                "SELECT nextval('numbers')",
                "SELECT setval('numbers', 7)",
                "CREATE TABLE other (a int)",
                "DROP TABLE other",
                "DO $$ BEGIN UPDATE orders SET b = 'done' WHERE a = 1; END $$",
                "CALL act()",
                "EXPLAIN (COSTS OFF) DELETE FROM orders",
                "COPY orders TO STDOUT",
                "BEGIN; INSERT INTO orders VALUES (8, 'eight'); ROLLBACK",
                "BEGIN READ WRITE; INSERT INTO orders VALUES (9, 'nine'); COMMIT",
                "SET default_transaction_read_only = on",
                "INSERT INTO orders VALUES (10, 'ten')",
                "SET default_transaction_read_only = off",
                "INSERT INTO orders VALUES (10, 'ten'); SELECT a FROM orders; DELETE FROM orders WHERE a = 10",
                "LOCK TABLE orders",
                "TRUNCATE items",
                "NONSENSE",
                "SELECT 1/0"
            })
    void answersLikeTheServer(String sql) {
        List<String> probes = List.of(
                "SELECT a, b FROM orders ORDER BY a", "SELECT count(*) FROM items", "SELECT c FROM items WHERE a = 1");
        assertSame(sql);
        for (String probe : probes) {
            assertSame(probe);
            assertSame(probe);
        }
    }

    /** The two databases differ in the OIDs of their tables, which only RowDescription shows. */
    private static void assertSame(String sql) {
        Reply expected = direct.ask(sql);
        Reply actual = proxied.ask(sql);
        assertThat(actual.rows()).as(sql).isEqualTo(expected.rows());
        assertThat(actual.sqlState()).as(sql).isEqualTo(expected.sqlState());
        assertThat(actual.message()).as(sql).isEqualTo(expected.message());
        assertThat(actual.tag()).as(sql).isEqualTo(expected.tag());
        assertThat(actual.status()).as(sql).isEqualTo(expected.status());
        assertThat(actual.frames())
                .extracting(frame -> frame.tag())
                .containsExactlyElementsOf(
                        expected.frames().stream().map(frame -> frame.tag()).toList());
    }

    @Test
    void cachesNamedColumns() {
        scene.warm(proxied, "SELECT b, a FROM orders");
    }
}
