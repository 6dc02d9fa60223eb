package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.rules.Freshness;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.Parameter;
import dev.sqlmem.testing.RowOrder;
import dev.sqlmem.testing.SharedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's order of a text from its first use to the end of what it was made for. */
class TextOrderLifeTest {
    private static final String READER = "text_order_reader";
    private static final int TEXT = 25;
    private static final String ORDERED = "SELECT id, w FROM words ORDER BY w, id";
    private static final String LESS = "SELECT id FROM words WHERE w < 'az' ORDER BY id";
    private static final String[] SCRIPT = {
        "CREATE COLLATION either (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "CREATE TABLE words (id int PRIMARY KEY, w text COLLATE \"en-x-icu\", c text COLLATE \"C\", n text COLLATE either)",
        "INSERT INTO words VALUES (1, 'b', 'x', 'x'), (2, 'a', 'x', 'X'), (3, 'B', 'y', 'y'), (4, NULL, NULL, NULL)",
        "ANALYZE words"
    };

    private static List<String> loads(Scene scene) {
        return scene.tap().statements().stream()
                .filter(statement -> statement.contains("COPY"))
                .toList();
    }

    private static void same(Scene scene, Client client, String... statements) {
        try (Client direct = scene.direct()) {
            for (String sql : statements) {
                scene.warm(client, sql);
                assertThat(Scene.difference(direct, client, sql)).as(sql).isEmpty();
            }
        }
    }

    @Test
    void isLoadedWhereAStatementNeedsIt() {
        try (Scene scene = Scene.transparent("order_demand", SCRIPT);
                Client client = scene.client()) {
            scene.tap().clear();
            client.run("SELECT w, c, n FROM words WHERE w = 'a'");
            assertThat(loads(scene)).singleElement().asString().doesNotContain("row_number");
            assertThat(orderings(client))
                    .containsExactly(
                            List.of("c", "code point"),
                            List.of("n", "none: the collation is nondeterministic"),
                            List.of("w", "server keys on demand"));
            scene.tap().clear();
            client.run(ORDERED);
            assertThat(loads(scene)).singleElement().asString().contains("row_number");
            assertThat(orderings(client)).contains(List.of("w", "server keys"));
            assertThat(client.run("SELECT columns FROM sqlmem.tables WHERE name = 'words'")
                            .value())
                    .isEqualTo("id, w, c, n");
            assertThat(Scene.explain(client, ORDERED)).contains("columns: id, w, order of w");
            assertThat(Scene.explain(client, "SELECT id FROM words ORDER BY n")).contains("route: relay");
        }
    }

    private static List<List<String>> orderings(Client client) {
        return client.run("SELECT name, ordering FROM sqlmem.columns WHERE name <> 'id' ORDER BY name")
                .rows();
    }

    @Test
    void knowsAValueThatIsNotThereOnceTheServerHasPlacedIt() {
        try (Scene scene = Scene.transparent("order_places", SCRIPT);
                Client client = scene.client()) {
            scene.warm(client, ORDERED);
            scene.tap().clear();
            assertThat(client.run(LESS).column()).containsExactly("2");
            assertThat(scene.tap().statements()).as("it was asked upstream").contains(LESS);
            same(scene, client, LESS, "SELECT id FROM words WHERE w >= 'a' AND w <= 'B' ORDER BY id");
            assertThat(Scene.explain(client, "SELECT id FROM words WHERE w < 'never asked'"))
                    .anyMatch(row -> row.contains("is not known yet"));
            assertThat(client.run("SELECT value FROM sqlmem.stats WHERE name = 'fallbacks'")
                            .value())
                    .isEqualTo("0");
        }
    }

    @Test
    void takesParametersOfBothFormats() {
        try (Scene scene = Scene.transparent("order_parameters", SCRIPT);
                Client client = scene.client();
                Client direct = scene.direct()) {
            for (String sql : List.of(
                    "SELECT id FROM words WHERE w < $1 ORDER BY id",
                    "SELECT id FROM words WHERE (w, id) >= ($1, 1) ORDER BY w, id LIMIT 2",
                    "SELECT max(w) FROM words WHERE w BETWEEN 'a' AND $1")) {
                for (Parameter value : List.of(
                        Parameter.text("b"),
                        Parameter.text("bb"),
                        Parameter.text(null),
                        Parameter.text(""),
                        Parameter.binary(TEXT, "B".getBytes(StandardCharsets.UTF_8)),
                        Parameter.binary(TEXT, "\ud83d\ude00".getBytes(StandardCharsets.UTF_8)))) {
                    ExtendedQuery query = ExtendedQuery.of(sql).with(value).binaryResults();
                    Await.until("a hit of " + query, () -> {
                        scene.tap().clear();
                        client.raw().extended(query);
                        return scene.tap().statements().isEmpty();
                    });
                    assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                                    .difference(
                                            direct.raw().extended(query),
                                            client.raw().extended(query)))
                            .as(query.toString())
                            .isEmpty();
                }
            }
            Parameter broken = Parameter.binary(TEXT, new byte[] {'a', (byte) 0xc3});
            assertThat(new Reply(client.raw()
                                    .extended(ExtendedQuery.of("SELECT id FROM words WHERE w < $1")
                                            .with(broken)))
                            .sqlState())
                    .isEqualTo("22021");
        }
    }

    @Test
    void isMadeAnewWithTheRows() {
        try (Scene scene = Scene.transparent("order_reload", SCRIPT);
                Client client = scene.client()) {
            same(scene, client, ORDERED, LESS);
            scene.behindTheProxy(
                    "INSERT INTO words VALUES (5, 'az'), (6, 'A'), (7, 'aa')", "DELETE FROM words WHERE id = 3");
            client.run("SELECT * FROM sqlmem.invalidate('words')");
            same(scene, client, ORDERED, LESS, "SELECT min(w), max(w) FROM words");
            client.run("INSERT INTO words VALUES (8, 'Ab')");
            assertThat(client.run(ORDERED).rows()).contains(List.of("8", "Ab"));
            same(scene, client, ORDERED, LESS);
            scene.behindTheProxy("ALTER TABLE words ALTER w TYPE text COLLATE \"C\"");
            Await.until(
                    "the change is seen",
                    () -> client.run(ORDERED).column().get(0).equals("6"));
            same(scene, client, ORDERED, LESS);
            assertThat(orderings(client)).contains(List.of("w", "code point"));
        }
    }

    @Test
    void growsOldWithTheRows() {
        AtomicLong millis = new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
        TableRules rules = new TableRules(Freshness.ttl(Duration.ofSeconds(30)), List.of());
        try (Scene scene = Scene.with(
                        "order_ttl", config -> config.mode(Mode.TRANSPARENT).rules(rules), clock, SCRIPT);
                Client client = scene.client()) {
            same(scene, client, ORDERED, LESS);
            scene.behindTheProxy("INSERT INTO words VALUES (5, 'Aa')");
            millis.addAndGet(60_000);
            Await.until("the refresh", () -> client.run(ORDERED).column().contains("5"));
            same(scene, client, ORDERED, LESS);
        }
    }

    @Test
    void outlivesTheProxy(@TempDir Path directory) {
        try (RestartScene scene =
                new RestartScene("order_restart", directory.resolve("cache.db"), Mode.READ_ONLY, SCRIPT)) {
            List<String> ids;
            try (Client client = scene.client()) {
                scene.warm(client, ORDERED);
                ids = client.run(ORDERED).column();
            }
            scene.restart();
            try (Client client = scene.client()) {
                scene.awaitRestored(client, 1, 0);
                scene.tap().clear();
                scene.warm(client, ORDERED);
                scene.warm(client, LESS);
                assertThat(scene.loads()).isEmpty();
                assertThat(client.run(ORDERED).column()).isEqualTo(ids).containsExactly("2", "1", "3", "4");
                assertThat(client.run(LESS).column()).containsExactly("2");
            }
        }
    }

    @Test
    void isForThoseWhoMayReadTheColumn() {
        SharedPostgres.execute("postgres", "DROP ROLE IF EXISTS " + READER, "CREATE ROLE " + READER + " LOGIN");
        try (Scene scene = Scene.transparent("order_rights", SCRIPT)) {
            scene.behindTheProxy("GRANT SELECT (id, c) ON words TO " + READER);
            try (Client owner = scene.client()) {
                scene.warm(owner, "SELECT id FROM words ORDER BY w");
            }
            try (Client reader = new Client(scene.login().as(READER, null))) {
                assertThat(reader.ask("SELECT id FROM words ORDER BY w").sqlState())
                        .isEqualTo("42501");
                assertThat(reader.ask("SELECT max(w) FROM words").sqlState()).isEqualTo("42501");
                scene.behindTheProxy("GRANT SELECT (w) ON words TO " + READER);
                Await.until(
                        "the right counts",
                        () -> !reader.ask("SELECT id FROM words ORDER BY w").failed());
                scene.warm(reader, "SELECT id FROM words ORDER BY w");
            }
        }
    }

    @Test
    void isKeptOutWithTheColumn() {
        TableRules rules = new TableRules(Freshness.MANUAL, TableRules.parse("words:-w"));
        try (Scene scene = Scene.with(
                        "order_rules",
                        (ProxyConfig.Builder config) ->
                                config.mode(Mode.TRANSPARENT).rules(rules),
                        InstantSource.system(),
                        SCRIPT);
                Client client = scene.client()) {
            assertThat(client.run("SELECT id FROM words ORDER BY w, id").column())
                    .containsExactly("2", "1", "3", "4");
            assertThat(Scene.explain(client, "SELECT id FROM words ORDER BY w, id"))
                    .contains("route: relay")
                    .anyMatch(row -> row.contains("column w"));
        }
    }

    /** The oracle finds the places anew among the rows that it loads. */
    @Test
    void isVerifiedOverFreshRows() {
        try (Scene scene = Scene.with(
                        "order_verified",
                        config -> config.mode(Mode.TRANSPARENT).verifyRate(1),
                        InstantSource.system(),
                        SCRIPT);
                Client client = scene.client()) {
            String known = "SELECT id FROM words WHERE w > 'a' ORDER BY w DESC, id";
            scene.warm(client, known);
            scene.warm(client, LESS);
            scene.behindTheProxy("INSERT INTO words VALUES (5, 'Aa'), (6, '_')");
            long verified = Scene.stat(client, "verified");
            Await.until("aged answers are verified", () -> {
                assertThat(client.run(known).column()).containsExactly("3", "1");
                return Scene.stat(client, "verified") > verified + 1;
            });
            assertThat(Scene.stat(client, "mismatches")).isZero();
            client.run(LESS);
            assertThat(Scene.stat(client, "mismatches")).isZero();
        }
    }
}
