package dev.sqlmem.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.session.metrics.RelayReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each relayed statement is counted once, under the reason that it was relayed for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayReasonsTest {
    private final HttpScene scene = HttpScene.transparent(
            "reasons",
            "CREATE TABLE orders (id int8 PRIMARY KEY, status text COLLATE \"C\")",
            "INSERT INTO orders VALUES (1, 'paid')",
            "CREATE TABLE items (order_id int8, n int4)",
            "CREATE VIEW open_orders AS SELECT id FROM orders",
            "DROP ROLE IF EXISTS reasons_guest",
            "CREATE ROLE reasons_guest",
            "GRANT SELECT (id) ON orders TO reasons_guest");

    @AfterAll
    void close() {
        scene.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SET work_mem = '8MB'|setting",
                "SHOW work_mem|utility",
                "EXPLAIN SELECT id FROM orders|utility",
                "INSERT INTO items VALUES (1, 1)|write",
                "SELECT now()|no_table",
                "SELECT relname FROM pg_class LIMIT 1|no_table",
                "SELECT ctid FROM orders|unsupported_sql",
                "SELECT no_such_function(id) FROM orders|function",
                "SELECT id FROM open_orders|table"
            })
    void countsByReason(String sql, String reason) throws SQLException {
        for (String protocol : new String[] {"simple", "extended"}) {
            try (Connection client = scene.client(protocol)) {
                Map<String, Long> before = counts();
                run(client, sql);
                assertThat(grown(before)).as(protocol).isEqualTo(Map.of(reason, 1L));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"simple", "extended"})
    void countsTransactionsThatRuleTheCacheOut(String protocol) throws SQLException {
        try (Connection client = scene.client(protocol)) {
            Map<String, Long> before = counts();
            run(client, "BEGIN ISOLATION LEVEL REPEATABLE READ");
            run(client, "SELECT id FROM orders");
            run(client, "COMMIT");
            assertThat(grown(before)).isEqualTo(Map.of("transaction_control", 2L, "transaction", 1L));
        }
    }

    @ParameterizedTest
    @CsvSource({"simple", "extended"})
    void countsMissingRights(String protocol) throws SQLException {
        try (Connection client = scene.client(protocol)) {
            run(client, "SET ROLE reasons_guest");
            Map<String, Long> before = counts();
            run(client, "SELECT status FROM orders");
            assertThat(grown(before)).isEqualTo(Map.of("rights", 1L));
            assertThat(scene.get("/status.json").body()).contains("role reasons_guest may not read");
        }
    }

    @ParameterizedTest
    @CsvSource({"simple", "extended"})
    void countsSettingsThatTheCacheDoesNotKnow(String protocol) throws SQLException {
        try (Connection client = scene.client(protocol)) {
            run(client, "SET standard_conforming_strings = off");
            Map<String, Long> before = counts();
            run(client, "SELECT id FROM orders");
            assertThat(grown(before)).isEqualTo(Map.of("session", 1L));
        }
    }

    @Test
    void namesAClosedSet() {
        assertThat(counts().keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RelayReason.values())
                        .map(RelayReason::label)
                        .toList());
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        scene.metrics()
                .family("sqlmem_relayed_total")
                .samples()
                .getOrDefault("sqlmem_relayed_total", Map.of())
                .forEach((labels, count) -> counts.put(labels.getOrDefault("reason", ""), count.longValue()));
        return counts;
    }

    private Map<String, Long> grown(Map<String, Long> before) {
        Map<String, Long> grown = counts();
        grown.replaceAll((reason, count) -> count - before.getOrDefault(reason, 0L));
        grown.values().removeIf(count -> count == 0);
        return grown;
    }

    private static void run(Connection client, String sql) {
        try (Statement statement = client.createStatement()) {
            statement.execute(sql);
        } catch (SQLException answeredByTheServer) {
            assertThat(answeredByTheServer.getSQLState()).isIn("42883", "42501");
        }
    }
}
