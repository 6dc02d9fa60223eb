package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.rules.Freshness;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for single tables: what is loaded at start-up, and what never is. */
class TableRulesTest {
    private static final String RULES = "audit:never; users:-password_hash; orders:preload=id,status; gone:never;"
            + " Orders:-nothing; public.events:-secret; nowhere.orders:ttl=1s; a_view:preload=*";

    private static Scene scene;
    private static Client client;

    @BeforeAll
    static void start() {
        scene = Scene.with(
                "rules",
                config ->
                        config.mode(Mode.TRANSPARENT).rules(new TableRules(Freshness.MANUAL, TableRules.parse(RULES))),
                InstantSource.system(),
                "CREATE TABLE audit (id int PRIMARY KEY, what text)",
                "INSERT INTO audit VALUES (1, 'x')",
                "CREATE TABLE users (id int PRIMARY KEY, name text, password_hash text)",
                "CREATE INDEX ON users (password_hash)",
                "INSERT INTO users VALUES (1, 'ann', 'hash of ann'), (2, 'bob', 'hash of bob')",
                "CREATE TABLE orders (id int PRIMARY KEY, status text, total int)",
                "INSERT INTO orders VALUES (1, 'shipped', 10)",
                "CREATE TABLE events (id int, secret text) PARTITION BY RANGE (id)",
                "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE child () INHERITS (users)",
                "INSERT INTO events VALUES (1, 'dark')",
                "CREATE VIEW a_view AS SELECT id FROM orders");
        client = scene.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        scene.close();
    }

    @Test
    void whatARuleWantsIsThereBeforeAnyoneAsks() {
        Await.until(
                "orders is loaded",
                () -> client.run("SELECT columns FROM sqlmem.tables WHERE name = 'orders' AND state = 'ready'")
                        .rows()
                        .equals(List.of(List.of("id, status"))));
        assertThat(client.run("SELECT status FROM orders WHERE id = 1").value()).isEqualTo("shipped");
        assertThat(scene.isHit(client, "SELECT status FROM orders WHERE id = 1"))
                .isTrue();
        assertThat(client.run("SELECT misses FROM sqlmem.tables WHERE name = 'orders'")
                        .value())
                .isEqualTo("0");
    }

    @Test
    void aTableThatIsNeverCachedSaysSo() {
        assertThat(client.run("SELECT what FROM audit WHERE id = 1").value()).isEqualTo("x");
        assertThat(scene.isHit(client, "SELECT what FROM audit WHERE id = 1")).isFalse();
        assertThat(Scene.explain(client, "SELECT what FROM audit WHERE id = 1"))
                .contains("reason: public.audit: kept out of the cache by the table rule audit:never");
        assertThat(client.run("SELECT state, reason FROM sqlmem.tables WHERE name = 'audit'")
                        .rows())
                .containsExactly(List.of("refused", "kept out of the cache by the table rule audit:never"));
    }

    @Test
    void aColumnThatIsLeftOutIsNeverAskedForByTheCache() {
        scene.warm(client, "SELECT name FROM users WHERE id = 1");
        scene.warm(client, "SELECT count(*) FROM users");
        String secret = "SELECT password_hash FROM users WHERE id = 2";
        for (int i = 0; i < 3; i++) {
            scene.tap().clear();
            assertThat(client.run(secret).value()).isEqualTo("hash of bob");
            assertThat(scene.tap().statements()).containsExactly(secret);
        }
        assertThat(Scene.explain(client, secret))
                .contains("route: relay")
                .anyMatch(line -> line.contains("kept out of the cache by the table rule users:-password_hash"));
        for (String sql : List.of(
                "SELECT id FROM users WHERE password_hash = 'hash of ann'",
                "SELECT id FROM users ORDER BY password_hash",
                "SELECT * FROM users")) {
            client.run(sql);
            assertThat(scene.isHit(client, sql)).as(sql).isFalse();
        }
        assertThat(client.run("SELECT columns FROM sqlmem.tables WHERE name = 'users'")
                        .value())
                .isEqualTo("id, name");
        assertThat(client.run("SELECT indexes FROM sqlmem.tables WHERE name = 'users'")
                        .value())
                .doesNotContain("password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT secret FROM events WHERE id = 1",
                "SELECT secret FROM events_1 WHERE id = 1",
                "SELECT password_hash FROM child"
            })
    void whatIsLeftOutIsLeftOutOfPartitionsAndChildrenToo(String sql) {
        client.run(sql);
        client.run(sql);
        assertThat(scene.isHit(client, sql)).isFalse();
        assertThat(Scene.explain(client, sql)).anyMatch(line -> line.contains("by the table rule"));
    }

    @Test
    void whatTheServerDoesNotHaveIsSaidAtTheStart() {
        assertThat(scene.proxy().warnings())
                .containsExactlyInAnyOrder(
                        "the table rule gone:never: database " + scene.database() + " has no such table",
                        "the table rule Orders:-nothing: public.orders has no column nothing",
                        "the table rule nowhere.orders:ttl=1s: database " + scene.database() + " has no such table",
                        "the table rule a_view:preload=*: public.a_view is not loaded: view");
    }

    @Test
    void theRulesAreToBeSeen() {
        assertThat(client.run("SELECT freshness FROM sqlmem.tables WHERE name = 'orders'")
                        .value())
                .isEqualTo("manual");
    }
}
