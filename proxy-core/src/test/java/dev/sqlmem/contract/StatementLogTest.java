package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LogCapture;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log says of loads and statements, and what it never says. */
class StatementLogTest {
    private static final String SECRET = "needle";

    private static Scene scene;
    private static Client client;

    @BeforeAll
    static void start() {
        scene = Scene.readOnly(
                "statement_log",
                "CREATE TABLE orders (id int PRIMARY KEY, note text)",
                "INSERT INTO orders SELECT n, 'needle' FROM generate_series(1, 5) AS n",
                "CREATE TABLE other (id int PRIMARY KEY, note text)",
                "CREATE TABLE wide (id int, amount numeric(4, 1))",
                "INSERT INTO wide VALUES (1, 'NaN')");
        client = scene.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        scene.close();
    }

    @Test
    void tellsRouteReasonAndTimeOfEachStatementAtDebug() {
        try (LogCapture log = LogCapture.from(Level.DEBUG)) {
            client.run("SELECT id FROM other WHERE note = 'needle'");
            assertThat(log.await("serve, miss"))
                    .matches(line("serve, miss, 0 rows", "select id from other where note = "));
            client.run("SELECT id FROM other WHERE note = 'needle'");
            assertThat(log.await("serve, hit"))
                    .matches(line("serve, hit, 0 rows", "select id from other where note = "));
            client.ask("DELETE FROM orders WHERE note = 'needle'");
            assertThat(log.await("refuse")).contains("ReadOnlyError").contains("delete from orders where note = ");
            client.run("SELECT pg_catalog.length('needle')");
            assertThat(log.await("relay, ")).matches(line("relay, [a-zA-Z' ]+", "select pg_catalog\\.length\\("));
            client.ask("SELECT id FROM orders WHERE note = 'needle' AND no_such_column = 1");
            assertThat(log.await("no_such_column")).contains("relay, ");
            client.run("SELECT count(*) FROM sqlmem.stats WHERE name <> 'needle'");
            assertThat(log.await("local, ")).contains("from sqlmem.stats");
            noSecret(log);
        }
    }

    @Test
    void tellsOfTheExtendedProtocolAsWell() {
        scene.warm(client, "SELECT id, note FROM orders");
        try (LogCapture log = LogCapture.from(Level.DEBUG)) {
            client.extended("SELECT id FROM orders WHERE note = $1", SECRET);
            log.await("serve, hit, 5 rows");
            client.extended("SELECT reverse(note) FROM orders WHERE note = $1", SECRET);
            assertThat(log.await("reverse")).contains("relay, ");
            client.extended("SELECT 1 / $1::int", "0");
            assertThat(log.await("select ? / "))
                    .as("a failed statement is told, too")
                    .contains("relay, ");
            noSecret(log);
        }
    }

    @Test
    void tellsEachStatementOfAPipelineOnce() {
        try (LogCapture log = LogCapture.from(Level.DEBUG)) {
            for (int i = 0; i < 3; i++) {
                client.raw().send(FrontendFrames.query("SELECT version(), " + i));
            }
            for (int i = 0; i < 3; i++) {
                client.raw().readUntilReady();
            }
            client.run("SELECT current_user");
            log.await("current_user");
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("version()"))
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "WARN"})
    void saysNothingOfStatementsAboveDebug(String level) {
        try (LogCapture log = LogCapture.from(Level.valueOf(level))) {
            client.run("SELECT id FROM orders WHERE note = 'needle'");
            client.run("SELECT upper('needle')");
            client.ask("DELETE FROM orders");

            assertThat(log.lines()).allMatch(line -> line.contains("loaded ")).noneMatch(line -> line.contains(SECRET));
        }
    }

    @Test
    void tellsOfLoadsAndRefusalsAtInfo() {
        try (LogCapture log = LogCapture.from(Level.INFO)) {
            client.run("SELECT sqlmem.invalidate('orders')");
            client.run("SELECT note FROM orders WHERE id = 1");
            assertThat(log.await("loaded "))
                    .matches("INFO LoadLog loaded statement_log_\\d+\\.public\\.orders\\(id, note\\): 5 rows,"
                            + " \\d+\\.\\d MB in memory, in \\d+ ms");
            client.run("SELECT amount FROM wide");
            assertThat(log.await("not cached for now"))
                    .contains("public.wide(amount)")
                    .contains("column amount holds a value that the cache cannot hold exactly");
            noSecret(log);
        }
    }

    private static void noSecret(LogCapture log) {
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
    }

    private static Pattern line(String what, String shape) {
        return Pattern.compile(
                "DEBUG StatementLog session \\d+ \\(postgres\\): " + what + ", \\d+\\.\\d{3} ms: " + shape + ".*");
    }
}
