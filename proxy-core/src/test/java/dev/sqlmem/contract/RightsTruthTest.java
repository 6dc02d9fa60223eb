package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.SharedPostgres;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache holds what others may read: nobody reads from it what the server would not show. */
class RightsTruthTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final String READER = "rights_truth_reader";
    private static final String MEMBER = "rights_truth_member";
    private static final String GROUP = "rights_truth_group";
    private static final String NONE = "rights_truth_none";

    private static Scene scene;

    @BeforeAll
    static void start() {
        SharedPostgres.execute(
                "postgres",
                "DROP ROLE IF EXISTS " + READER + ", " + MEMBER + ", " + GROUP + ", " + NONE,
                "CREATE ROLE " + GROUP,
                "CREATE ROLE " + READER + " LOGIN",
                "CREATE ROLE " + MEMBER + " LOGIN IN ROLE " + GROUP,
                "CREATE ROLE " + NONE + " LOGIN");
        scene = Scene.readOnly(
                "rights_truth",
                "CREATE TABLE secrets (id int PRIMARY KEY, open text, closed text)",
                "INSERT INTO secrets VALUES (1, 'open', 'closed')",
                "CREATE TABLE guarded (id int, owner text)",
                "INSERT INTO guarded VALUES (1, '" + READER + "'), (2, 'someone')",
                "CREATE POLICY own ON guarded USING (owner = current_user)",
                "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY",
                "GRANT SELECT ON guarded TO " + READER,
                "CREATE TABLE later (id int, owner text)",
                "INSERT INTO later VALUES (1, '" + READER + "'), (2, 'someone')",
                "GRANT SELECT ON later TO " + READER,
                "CREATE SCHEMA vault",
                "CREATE TABLE vault.gold (bars int)",
                "INSERT INTO vault.gold VALUES (7)",
                "GRANT SELECT ON vault.gold TO " + READER,
                "GRANT USAGE ON SCHEMA vault TO " + READER);
        try (Client client = scene.client()) {
            scene.warm(client, "SELECT id, open, closed FROM secrets");
            scene.warm(client, "SELECT bars FROM vault.gold");
            scene.warm(client, "SELECT id, owner FROM later ORDER BY id");
        }
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void grant() {
        scene.behindTheProxy(
                "REVOKE ALL ON secrets FROM PUBLIC, " + READER + ", " + GROUP,
                "GRANT SELECT (id, open) ON secrets TO " + READER,
                "GRANT SELECT ON secrets TO " + GROUP);
    }

    private static Client as(String role) {
        return new Client(scene.login().as(role, null));
    }

    private static void assertLikeTheServer(String role, Client proxied, String sql) {
        try (Client direct = new Client(scene.directLogin().as(role, null))) {
            for (int i = 0; i < 2; i++) {
                assertThat(Scene.difference(direct, proxied, sql))
                        .as("%s: %s", role, sql)
                        .isEmpty();
            }
        }
    }

    @Test
    void showsARoleOnlyItsColumns() {
        try (Client reader = as(READER)) {
            for (String sql : List.of(
                    "SELECT id FROM secrets",
                    "SELECT id, open FROM secrets WHERE open = 'open'",
                    "SELECT count(*) FROM secrets",
                    "SELECT closed FROM secrets",
                    "SELECT id FROM secrets WHERE closed = 'closed'",
                    "SELECT id FROM secrets ORDER BY closed",
                    "SELECT max(closed) FROM secrets",
                    "SELECT count(*) FROM secrets GROUP BY closed",
                    "SELECT id, open, closed FROM secrets")) {
                assertLikeTheServer(READER, reader, sql);
            }
            scene.warm(reader, "SELECT id, open FROM secrets");
            assertThat(reader.ask("SELECT closed FROM secrets").sqlState()).isEqualTo("42501");
            assertThat(reader.extended("SELECT closed FROM secrets").sqlState()).isEqualTo("42501");
            assertThat(Scene.explain(reader, "SELECT closed FROM secrets"))
                    .contains("route: relay", "reason: role " + READER + " may not read all of these columns");
        }
    }

    @Test
    void showsNothingToWhoMayReadNothing() {
        try (Client none = as(NONE)) {
            for (String sql :
                    List.of("SELECT id FROM secrets", "SELECT count(*) FROM secrets", "SELECT bars FROM vault.gold")) {
                assertThat(none.ask(sql).sqlState()).isEqualTo("42501");
                assertLikeTheServer(NONE, none, sql);
            }
        }
    }

    @Test
    void asksForTheRoleOfTheMoment() {
        try (Client client = scene.client()) {
            scene.warm(client, "SELECT closed FROM secrets");
            for (String become : List.of("SET ROLE " + READER, "SET SESSION AUTHORIZATION " + READER)) {
                client.run(become);
                assertThat(client.ask("SELECT closed FROM secrets").sqlState()).isEqualTo("42501");
                assertThat(client.run("SELECT open FROM secrets").value()).isEqualTo("open");
                client.run("RESET ROLE");
                client.run("RESET SESSION AUTHORIZATION");
                assertThat(client.run("SELECT closed FROM secrets").value()).isEqualTo("closed");
            }
            client.run("BEGIN");
            client.run("SET LOCAL ROLE " + NONE);
            assertThat(client.ask("SELECT id FROM secrets").sqlState()).isEqualTo("42501");
            client.run("ROLLBACK");
            assertThat(client.run("SELECT id FROM secrets").value()).isEqualTo("1");
        }
    }

    @Test
    void appliesWhatIsRevokedWithinTheBound() {
        try (Client reader = as(READER);
                Client member = as(MEMBER)) {
            scene.warm(reader, "SELECT open FROM secrets");
            scene.warm(reader, "SELECT bars FROM vault.gold");
            scene.warm(member, "SELECT closed FROM secrets");
            scene.behindTheProxy(
                    "REVOKE SELECT (open) ON secrets FROM " + READER,
                    "REVOKE USAGE ON SCHEMA vault FROM " + READER,
                    "REVOKE " + GROUP + " FROM " + MEMBER);
            Await.within(
                    BOUND,
                    "column, schema and membership",
                    () -> isDenied(reader, "SELECT open FROM secrets")
                            && isDenied(reader, "SELECT bars FROM vault.gold")
                            && isDenied(member, "SELECT closed FROM secrets"));
            assertThat(reader.run("SELECT id FROM secrets").value()).isEqualTo("1");
            scene.behindTheProxy(
                    "GRANT SELECT (open) ON secrets TO " + READER,
                    "GRANT USAGE ON SCHEMA vault TO " + READER,
                    "GRANT " + GROUP + " TO " + MEMBER);
            assertThat(reader.run("SELECT open FROM secrets").value()).isEqualTo("open");
            assertThat(reader.run("SELECT bars FROM vault.gold").value()).isEqualTo("7");
            assertThat(member.run("SELECT closed FROM secrets").value()).isEqualTo("closed");
            scene.warm(reader, "SELECT open FROM secrets");
        }
    }

    private static boolean isDenied(Client client, String sql) {
        Reply reply = client.ask(sql);
        assertThat(reply.sqlState()).isIn("", "42501");
        return reply.failed();
    }

    @Test
    void neverCachesATableUnderRowLevelSecurity() {
        try (Client reader = as(READER);
                Client owner = scene.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(owner.run("SELECT id FROM guarded ORDER BY id").column())
                        .containsExactly("1", "2");
                assertThat(reader.run("SELECT id FROM guarded ORDER BY id").column())
                        .containsExactly("1");
                assertThat(scene.isHit(reader, "SELECT id FROM guarded ORDER BY id"))
                        .isFalse();
                assertThat(scene.isHit(owner, "SELECT id FROM guarded ORDER BY id"))
                        .isFalse();
            }
            assertThat(Scene.explain(owner, "SELECT id FROM guarded"))
                    .contains("route: relay", "reason: public.guarded: row-level security");
        }
    }

    @Test
    void noticesRowLevelSecurityWithinTheBound() {
        String sql = "SELECT id, owner FROM later ORDER BY id";
        try (Client reader = as(READER)) {
            scene.warm(reader, sql);
            scene.behindTheProxy(
                    "CREATE POLICY own ON later USING (owner = current_user)",
                    "ALTER TABLE later ENABLE ROW LEVEL SECURITY");
            Await.within(BOUND, "the new policy", () -> reader.run(sql).rows().size() == 1);
            assertThat(scene.isHit(reader, sql)).isFalse();
        }
    }
}
