package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.FrontendFrames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Columns are learned from what clients ask, and a hit sends the server nothing at all. */
class ColumnAccumulationTest {
    private static final List<List<String>> ALL_B = List.of(List.of("one"), List.of("two"), List.of("NULL"));

    private Scene scene;
    private Client client;

    @BeforeEach
    void start() {
        scene = Scene.readOnly(
                "accumulation",
                "CREATE TABLE orders (a int, b text, c numeric(10,2), d date)",
                "INSERT INTO orders VALUES (1, 'one', 1.50, '2024-02-29'), (2, 'two', NULL, 'infinity'), (3, NULL, 3, NULL)");
        client = scene.client();
        scene.tap().clear();
    }

    @AfterEach
    void stop() {
        client.close();
        scene.close();
    }

    @Test
    void loadsWhatIsAskedForAndAnswersFromItAfterwards() {
        assertThat(client.run("SELECT a, b FROM orders").rows())
                .containsExactly(List.of("1", "one"), List.of("2", "two"), List.of("3", "NULL"));
        assertThat(loads()).hasSize(1);
        assertThat(cachedColumns()).isEqualTo("a, b");

        scene.tap().clear();
        assertThat(client.run("SELECT a, d FROM orders").rows())
                .containsExactly(List.of("1", "2024-02-29"), List.of("2", "infinity"), List.of("3", "NULL"));
        assertThat(loads()).hasSize(1);
        assertThat(cachedColumns()).isEqualTo("a, b, d");

        scene.tap().clear();
        assertThat(client.run("SELECT b FROM orders").rows()).isEqualTo(ALL_B);
        assertNothingWasSent();

        assertThat(statement("SELECT a, b FROM orders")).containsExactly("serve", "1", "0", "1", "3");
        assertThat(statement("SELECT a, d FROM orders")).containsExactly("serve", "1", "0", "1", "3");
        assertThat(statement("SELECT b FROM orders")).containsExactly("serve", "1", "1", "0", "3");
        assertThat(Scene.stat(client, "loads")).isEqualTo(2);
        assertThat(Scene.stat(client, "hits")).isEqualTo(1);
        assertThat(Scene.stat(client, "misses")).isEqualTo(2);
        assertThat(client.run("SELECT state, rows, loads, hits, misses FROM sqlmem.tables WHERE name = 'orders'")
                        .rows())
                .containsExactly(List.of("ready", "3", "2", "1", "2"));
    }

    /** The tap passes statements on in order: one that is sent after a hundred hits comes alone. */
    @Test
    void sendsNothingForAHundredHitsInEitherProtocol() {
        client.run("SELECT a, b FROM orders");
        client.extended("SELECT b FROM orders WHERE a = $1", 1);
        scene.tap().clear();
        for (int i = 0; i < 50; i++) {
            assertThat(client.run("SELECT b FROM orders").rows()).isEqualTo(ALL_B);
            assertThat(client.extended("SELECT b FROM orders WHERE a = $1", 1 + i % 3)
                            .rows())
                    .containsExactly(ALL_B.get(i % 3));
        }
        assertNothingWasSent();
    }

    @Test
    void answersANamedStatementThatTheServerNeverHearsOf() {
        ExtendedQuery query =
                ExtendedQuery.of("SELECT b FROM orders WHERE a <= 2").named("mine", "");
        client.raw().extended(query);
        scene.tap().clear();
        for (int i = 0; i < 5; i++) {
            Reply reply = client.frames(query.bind(), query.execute(), FrontendFrames.sync());
            assertThat(reply.column()).containsExactly("one", "two");
        }
        assertNothingWasSent();
    }

    @Test
    void countsTheColumnsOfEveryClause() {
        client.run("SELECT count(*) FROM orders WHERE a > 0 AND d IS NOT NULL GROUP BY b ORDER BY b NULLS LAST");
        assertThat(cachedColumns()).isEqualTo("a, b, d");
        client.run("SELECT a FROM orders ORDER BY c NULLS FIRST");
        assertThat(cachedColumns()).isEqualTo("a, b, c, d");
    }

    @Test
    void countsRowsWithoutAnyColumn() {
        assertThat(client.run("SELECT count(*) FROM orders").value()).isEqualTo("3");
        scene.tap().clear();
        assertThat(client.run("SELECT count(*) FROM orders").value()).isEqualTo("3");
        assertNothingWasSent();
    }

    @Test
    void servesADriverFromTheCache() throws Exception {
        try (Connection connection = scene.jdbc();
                PreparedStatement statement = connection.prepareStatement("SELECT d, b FROM orders WHERE a = ?")) {
            List<String> found = new ArrayList<>();
            for (int i = 0; i < 12; i++) { // beyond the driver's threshold for named statements and binary results
                if (i == 8) {
                    scene.tap().clear();
                }
                statement.setInt(1, 1 + i % 3);
                try (ResultSet row = statement.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    found.add(row.getString(1) + " " + row.getString(2));
                }
            }
            assertThat(found.subList(0, 3)).containsExactly("2024-02-29 one", "infinity two", "null null");
            assertThat(found.subList(3, 12)).containsExactlyElementsOf(repeated(found.subList(0, 3)));
        }
        assertNothingWasSent();
    }

    private static List<String> repeated(List<String> three) {
        List<String> nine = new ArrayList<>(three);
        nine.addAll(three);
        nine.addAll(three);
        return nine;
    }

    @Test
    void loadsOnceForManyThatMissTogether() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(20);
        try {
            List<Future<List<List<String>>>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(pool.submit(() -> {
                    try (Client one = scene.client()) {
                        return one.run("SELECT b FROM orders").rows();
                    }
                }));
            }
            for (Future<List<List<String>>> answer : answers) {
                assertThat(answer.get()).isEqualTo(ALL_B);
            }
        } finally {
            pool.shutdown();
        }
        assertThat(loads()).hasSize(1);
    }

    private List<String> loads() {
        return scene.tap().statements().stream()
                .filter(text -> !text.startsWith("parse:") && text.startsWith("COPY"))
                .toList();
    }

    private void assertNothingWasSent() {
        client.run("SELECT 'end of the test'");
        assertThat(scene.tap().statements()).containsExactly("SELECT 'end of the test'");
    }

    private String cachedColumns() {
        return client.run("SELECT columns FROM sqlmem.tables WHERE schema = 'public' AND name = 'orders'")
                .value();
    }

    private List<String> statement(String shape) {
        return client.run("SELECT route, calls, hits, misses, rows FROM sqlmem.statements WHERE shape = '"
                        + shape.toLowerCase(Locale.ROOT) + "'")
                .rows()
                .get(0);
    }
}
