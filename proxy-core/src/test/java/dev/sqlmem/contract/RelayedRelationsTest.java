package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no plain table goes upstream, and the reason can be seen. */
class RelayedRelationsTest {
    private static Scene scene;
    private static Client client;
    private static Client direct;

    @BeforeAll
    static void start() {
        scene = Scene.transparent(
                "relayed",
                "CREATE TABLE base (id int, word text, price money, letter \"char\")",
                "INSERT INTO base VALUES (1, 'one', 5, 'a')",
                "CREATE VIEW seen AS SELECT id, word FROM base",
                "CREATE MATERIALIZED VIEW kept AS SELECT id, word FROM base",
                "CREATE SEQUENCE numbers",
                "CREATE FOREIGN DATA WRAPPER nothing",
                "CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing",
                "CREATE FOREIGN TABLE abroad (id int) SERVER nowhere",
                "CREATE TABLE ruled (id int)",
                "CREATE TABLE parted (id int) PARTITION BY LIST (id)",
                "CREATE TABLE home PARTITION OF parted FOR VALUES IN (1)",
                "CREATE FOREIGN TABLE far PARTITION OF parted FOR VALUES IN (2) SERVER nowhere",
                "CREATE UNLOGGED TABLE unlogged (id int)",
                "INSERT INTO unlogged VALUES (1)");
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
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id FROM seen | public.seen: view",
                "SELECT id FROM kept | public.kept: materialized view",
                "SELECT last_value FROM numbers | public.numbers: sequence",
                "SELECT id FROM abroad | public.abroad: foreign table",
                "SELECT id FROM parted | public.parted: foreign table partition",
                "SELECT id FROM nowhere | no table nowhere",
                "SELECT price FROM base | type money",
                "SELECT letter FROM base | type \"char\"",
                "SELECT id FROM base WHERE initcap(word) = 'One' | function initcap",
                "SELECT id FROM base TABLESAMPLE system (100) | ''",
                "SELECT id FROM base LIMIT 1 OFFSET 1 FOR UPDATE | ''",
                "SELECT b.id FROM base b, seen s WHERE s.id = b.id | public.seen: view",
                "SELECT id FROM base WHERE id IN (SELECT id FROM seen) | public.seen: view",
                "SELECT id FROM base INTERSECT ALL SELECT id FROM base | INTERSECT ALL",
                "SELECT id, (SELECT word FROM base) FROM base | a subquery as a value that may have several rows",
                "SELECT relname FROM pg_class WHERE relname = 'base' | ''",
                "SELECT 1 | ''",
            })
    void relaysWithAReason(String sql, String reason) {
        for (int i = 0; i < 2; i++) {
            assertThat(Scene.difference(direct, client, sql)).isEmpty();
            assertThat(scene.tap().statements()).contains(sql);
            scene.tap().clear();
        }
        List<String> explained = Scene.explain(client, sql);
        assertThat(explained).contains("route: relay");
        assertThat(explained)
                .anyMatch(row ->
                        row.startsWith("reason: ") && row.length() > "reason: x".length() && row.contains(reason));
    }

    @Test
    void showsTheReasonWithTheStatement() {
        client.run("SELECT word FROM seen");
        client.run("SELECT word FROM seen");
        assertThat(client.run("SELECT route, reason, calls, hits, misses FROM sqlmem.statements"
                                + " WHERE shape = 'select word from seen'")
                        .rows())
                .containsExactly(List.of("relay", "public.seen: view", "2", "0", "0"));
    }

    @Test
    void neverKeepsATemporaryTable() {
        try (Client own = scene.client()) {
            own.run("CREATE TEMP TABLE mine (id int)");
            own.run("INSERT INTO mine VALUES (1)");
            for (int i = 0; i < 3; i++) {
                assertThat(own.run("SELECT id FROM mine").value()).isEqualTo("1");
                assertThat(own.run("SELECT id FROM pg_temp.mine").value()).isEqualTo("1");
            }
            assertThat(Scene.explain(own, "SELECT id FROM mine"))
                    .contains("route: relay", "reason: the session has used temporary tables");
            assertThat(client.ask("SELECT id FROM mine").sqlState()).isEqualTo("42P01");
        }
        assertThat(client.run("SELECT count(*) FROM sqlmem.tables WHERE name = 'mine'")
                        .value())
                .isEqualTo("0");
    }

    @Test
    void cachesPartitionedAndUnloggedTables() {
        scene.warm(client, "SELECT id FROM unlogged");
        scene.warm(client, "SELECT id FROM home");
    }

    /** Names that mean something to the parser, and nothing to PostgreSQL. */
    @Test
    void cachesColumnsOfAnyName() {
        List<String> names = List.of(
                "day",
                "final",
                "hour",
                "minute",
                "month",
                "number",
                "sample",
                "second",
                "settings",
                "statement",
                "use",
                "uuid",
                "year",
                "value",
                "key",
                "type",
                "name",
                "date",
                "time",
                "count",
                "level",
                "position");
        scene.behindTheProxy("CREATE TABLE names (" + String.join(" int, ", names) + " int)");
        scene.behindTheProxy("INSERT INTO names VALUES (" + "1, ".repeat(names.size() - 1) + "1)");
        for (String name : names) {
            String sql = "SELECT n." + name + ", " + name + ", count(" + name + ") AS total FROM names AS n WHERE "
                    + name + " = 1 AND n." + name + " > 0 GROUP BY n." + name + " ORDER BY " + name + " LIMIT 1";
            scene.warm(client, sql);
            assertThat(Scene.difference(direct, client, sql)).isEmpty();
        }
        scene.warm(
                client,
                "SELECT day AS year, uuid AS second FROM names AS settings WHERE NUMBER = 1 AND Year IN (1, 2)");
        assertThat(Scene.difference(direct, client, "SELECT day AS year, uuid second FROM names settings"))
                .isEmpty();
    }
}
