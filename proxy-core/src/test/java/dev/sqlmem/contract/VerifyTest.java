package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.Parameter;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code --verify}: the cache's answers are asked upstream as well, and nobody notices unless they differ. */
class VerifyTest {
    private static final int INT4 = 23;
    private static final int TIMESTAMPTZ = 1184;

    private static final String SCRIPT = """
            CREATE TABLE things (
              id int4 PRIMARY KEY, name text, price numeric(8,2), at timestamptz, raw bytea, kind char(4), day date,
              f float8, iv interval, tags int4[], doc jsonb, spans tstzrange)""";

    private static String database;
    private static UpstreamTap tap;
    private static ProxyUnderTest proxy;
    private static Client client;

    @BeforeAll
    static void open() {
        database = SharedPostgres.createDatabase("verify");
        SharedPostgres.execute(
                database,
                SCRIPT,
                "INSERT INTO things SELECT i, 'name ' || i % 7, i / 4.0, timestamptz '2024-03-31 00:30Z' + i * interval"
                        + " '1 hour', decode(lpad(to_hex(i), 8, '0'), 'hex'), 'k' || i % 3, date '2024-01-01' + i, i / 3.0::float8, i * interval '7 hours', ARRAY[i],"
                        + " jsonb_build_object('i', i), tstzrange(now(), now() + i * interval '1 hour')"
                        + " FROM generate_series(1, 1000) i",
                "INSERT INTO things (id) VALUES (1001)");
        tap = new UpstreamTap(SharedPostgres.port());
        proxy = proxy(tap.port(), "postgres", 1);
        client = new Client(LoginRequest.to(proxy.port(), database));
        client.run("SET TIME ZONE 'Europe/Berlin'");
    }

    @AfterAll
    static void close() {
        client.close();
        proxy.close();
        tap.close();
    }

    private static ProxyUnderTest proxy(int upstreamPort, String role, double rate) {
        return ProxyUnderTest.start(ProxyConfig.builder(UpstreamUrl.parse(
                        "postgresql://" + role + "@127.0.0.1:" + upstreamPort + "/" + database + "?sslmode=disable"))
                .listen("127.0.0.1", 0)
                .mode(Mode.READ_ONLY)
                .fillWait(Duration.ofSeconds(20))
                .eventLoops(1)
                .verifyRate(rate)
                .build());
    }

    private static long verified(Client of) {
        return Scene.stat(of, "verified");
    }

    /** Asks, and waits until the answer has been compared. */
    private static void ask(Client of, Runnable question) {
        long before = verified(of);
        long skipped = Scene.stat(of, "verify_skipped");
        question.run();
        Await.until("the answer is verified", () -> verified(of) > before);
        assertThat(Scene.stat(of, "verify_skipped")).isEqualTo(skipped);
    }

    private static void ask(String sql) {
        ask(client, () -> client.run(sql));
    }

    @Test
    void findsNothingWrongWithRightAnswers() {
        ask("SELECT id, name, price, at, raw, kind, day FROM things");
        ask("SELECT name, price FROM things WHERE id = 17 -- a comment");
        ask("SELECT f, iv, tags, doc FROM things");
        client.run("SET DateStyle = 'German, DMY'");
        client.run("SET IntervalStyle = 'iso_8601'");
        client.run("SET extra_float_digits = 0");
        ask("SELECT id, day, iv FROM things WHERE day >= '2024-02-01'");
        ask(
                client,
                () -> client.raw()
                        .extended(ExtendedQuery.of("SELECT f FROM things").binaryResults()));
        client.run("RESET DateStyle");
        client.run("RESET IntervalStyle");
        client.run("RESET extra_float_digits");
        ask("SELECT name FROM things ORDER BY name DESC LIMIT 10 OFFSET 3;");
        ask("SELECT count(*), sum(price), min(at), max(day) FROM things WHERE at >= '2024-04-01 12:00:00+00'");
        ask("SELECT kind, count(*) FROM things GROUP BY kind ORDER BY 2 DESC, 1");
        ask("SELECT id FROM things WHERE name = 'nobody''s'");
        ask(
                client,
                () -> client.extended(
                        "SELECT id, at FROM things WHERE at < $1 AND name LIKE $2", "2024-04-02 03:00:00+02", "n%"));
        ask(
                client,
                () -> client.raw()
                        .extended(ExtendedQuery.of("SELECT at, id FROM things WHERE id = $1 OR at = $2")
                                .with(
                                        Parameter.binary(
                                                INT4,
                                                ByteBuffer.allocate(4).putInt(4).array()),
                                        Parameter.binary(
                                                TIMESTAMPTZ,
                                                ByteBuffer.allocate(8)
                                                        .putLong(765_162_000_000_000L)
                                                        .array()))
                                .binaryResults()));
        ask(
                client,
                () -> client.raw()
                        .extended(ExtendedQuery.of("SELECT id FROM things WHERE name = $1 OR id = $2")
                                .with(
                                        Parameter.text(null),
                                        new Parameter(INT4, Parameter.TEXT, "5".getBytes(StandardCharsets.UTF_8)))));

        assertThat(Scene.stat(client, "mismatches")).isZero();
        assertThat(client.run(
                                "SELECT verified, mismatches FROM sqlmem.statements WHERE shape LIKE 'select name, price%'")
                        .rows())
                .singleElement()
                .satisfies(row -> {
                    assertThat(Long.parseLong(row.get(0))).isPositive();
                    assertThat(row.get(1)).isEqualTo("0");
                });
        assertThat(Scene.explain(client, "SELECT name, price FROM things WHERE id = 18"))
                .anyMatch(line -> line.startsWith("verified: "));
    }

    @Test
    void whatOnlyTheServerCanPrintIsSkipped() {
        long skipped = Scene.stat(client, "verify_skipped");
        for (int i = 0; i < 2; i++) {
            client.raw().extended(ExtendedQuery.of("SELECT spans FROM things").binaryResults());
        }

        Await.until("an answer is skipped", () -> Scene.stat(client, "verify_skipped") > skipped);
        assertThat(Scene.stat(client, "mismatches")).isZero();
    }

    @Test
    void anAgedAnswerIsNoMismatch() {
        String sql = "SELECT name FROM things WHERE id = 500";
        ask(sql);
        SharedPostgres.execute(database, "UPDATE things SET name = 'changed' WHERE id = 500");

        ask(sql);

        assertThat(client.run(sql).value())
                .as("the cache's rows are as of their load")
                .isEqualTo("name 3");
        assertThat(Scene.stat(client, "mismatches")).isZero();
    }

    @Test
    void aDifferenceDisablesTheShape() {
        try (Forger forger = new Forger(SharedPostgres.port(), "day FROM things WHERE name");
                ProxyUnderTest lied = proxy(forger.port(), "postgres", 1);
                Client of = new Client(LoginRequest.to(lied.port(), database))) {
            String sql = "SELECT id, day FROM things WHERE name = 'name 5' ORDER BY id";
            ask(of, () -> of.run(sql));

            assertThat(Scene.stat(of, "mismatches")).isOne();
            assertThat(of.run("SELECT route, reason, verified, mismatches FROM sqlmem.statements"
                                    + " WHERE shape LIKE 'select id, day%'")
                            .rows())
                    .containsExactly(List.of(
                            "relay",
                            "disabled: an answer differed from the server's: row 1 of both answers sorted",
                            "1",
                            "1"));
            assertThat(Scene.explain(of, sql)).anyMatch(line -> line.startsWith("disabled: an answer differed"));
            long hits = Scene.stat(of, "hits");
            of.run(sql);
            assertThat(Scene.stat(of, "hits"))
                    .as("from now on the server answers")
                    .isEqualTo(hits);
            ask(of, () -> of.run("SELECT id FROM things WHERE id = 3"));
            assertThat(Scene.stat(of, "mismatches"))
                    .as("other shapes are as they were")
                    .isOne();
        }
    }

    @Test
    void whatTheServiceAccountMayNotReadAnyMoreIsSkipped() {
        SharedPostgres.execute(
                database,
                "DROP ROLE IF EXISTS verify_service",
                "CREATE ROLE verify_service LOGIN",
                "CREATE TABLE closed (id int4 PRIMARY KEY, v text)",
                "INSERT INTO closed VALUES (1, 'one')",
                "GRANT SELECT ON closed TO verify_service");
        try (ProxyUnderTest asService = proxy(SharedPostgres.port(), "verify_service", 1);
                Client of = new Client(LoginRequest.to(asService.port(), database))) {
            ask(of, () -> of.run("SELECT v FROM closed WHERE id = 1"));
            SharedPostgres.execute(database, "REVOKE SELECT ON closed FROM verify_service");
            long skipped = Scene.stat(of, "verify_skipped");

            Await.until("an answer is skipped", () -> {
                assertThat(of.run("SELECT v FROM closed WHERE id = 1").value()).isEqualTo("one");
                return Scene.stat(of, "verify_skipped") > skipped;
            });

            assertThat(Scene.stat(of, "mismatches")).isZero();
        }
    }

    @Test
    void aRateOfZeroAsksNothing() {
        try (UpstreamTap quiet = new UpstreamTap(SharedPostgres.port());
                ProxyUnderTest unverified = proxy(quiet.port(), "postgres", 0);
                Client of = new Client(LoginRequest.to(unverified.port(), database))) {
            of.run("SELECT id FROM things WHERE id = 3");
            quiet.clear();
            for (int i = 0; i < 50; i++) {
                of.run("SELECT id FROM things WHERE id = " + i);
            }

            assertThat(quiet.statements()).isEmpty();
            assertThat(verified(of)).isZero();
        }
    }
}
