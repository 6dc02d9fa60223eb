package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.rules.Freshness;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tables that grow old, by the test's clock. */
class TimeToLiveTest {
    private static final AtomicLong MILLIS =
            new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    private static final InstantSource CLOCK = () -> Instant.ofEpochMilli(MILLIS.get());

    private static Scene scene;
    private static Client client;

    @BeforeAll
    static void start() {
        scene = Scene.with(
                "ttl",
                config -> config.rules(new TableRules(
                        Freshness.ttl(Duration.ofSeconds(30)), TableRules.parse("quick:ttl=1s; kept:ttl=manual"))),
                CLOCK,
                "CREATE TABLE usual (v int)",
                "INSERT INTO usual VALUES (1)",
                "CREATE TABLE quick (v int)",
                "INSERT INTO quick VALUES (1)",
                "CREATE TABLE kept (v int)",
                "INSERT INTO kept VALUES (1)",
                "CREATE TABLE locked (v int)",
                "INSERT INTO locked VALUES (1)");
        client = scene.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        scene.close();
    }

    private static String read(String table) {
        return client.run("SELECT v FROM " + table).value();
    }

    private static void pass(long seconds) {
        MILLIS.addAndGet(1_000 * seconds);
    }

    @Test
    void eachTableGrowsOldByItsOwnRule() {
        for (String table : List.of("usual", "quick", "kept")) {
            scene.warm(client, "SELECT v FROM " + table);
            scene.behindTheProxy("UPDATE " + table + " SET v = 2");
        }
        pass(1);
        assertThat(read("quick")).as("answered while the refresh runs").isEqualTo("1");
        Await.until("quick is refreshed", () -> read("quick").equals("2"));
        assertThat(read("usual")).isEqualTo("1");
        pass(29);
        assertThat(read("usual")).isEqualTo("1");
        Await.until("usual is refreshed", () -> read("usual").equals("2"));
        pass(100_000);
        assertThat(read("kept")).isEqualTo("1");
        assertThat(client.run("SELECT name, freshness FROM sqlmem.tables WHERE name IN ('usual', 'quick', 'kept')"
                                + " ORDER BY name")
                        .rows())
                .containsExactly(List.of("kept", "manual"), List.of("quick", "ttl:1s"), List.of("usual", "ttl:30s"));
    }

    @Test
    void answersOnWhileTheTableIsLockedAndSaysWhy() {
        scene.warm(client, "SELECT v FROM locked");
        try (Client other = scene.direct()) {
            other.run("BEGIN; LOCK TABLE locked; UPDATE locked SET v = 2");
            pass(30);
            String reason = "SELECT reason FROM sqlmem.tables WHERE name = 'locked' AND state = 'ready'";
            Await.until("the refresh has failed", () -> {
                assertThat(read("locked")).isEqualTo("1");
                return client.run(reason).rows().toString().contains("the refresh failed");
            });
            other.run("COMMIT");
        }
        pass(5);
        assertThat(read("locked")).isEqualTo("1");
        Await.until("the next refresh", () -> read("locked").equals("2"));
    }

    @Test
    void aRealClockDoesTheSame() {
        Scene real = Scene.with(
                "ttl_real",
                config -> config.rules(new TableRules(Freshness.ttl(Duration.ofMillis(50)), List.of())),
                InstantSource.system(),
                "CREATE TABLE t (v int)",
                "INSERT INTO t VALUES (0)");
        try (real;
                Client reader = real.client()) {
            real.warm(reader, "SELECT v FROM t");
            for (int i = 1; i <= 5; i++) {
                String expected = String.valueOf(i);
                real.behindTheProxy("UPDATE t SET v = " + i);
                Await.until(
                        "the row is " + i,
                        () -> reader.run("SELECT v FROM t").value().equals(expected));
            }
        }
    }
}
