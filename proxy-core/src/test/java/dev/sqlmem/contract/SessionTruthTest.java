package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.RowOrder;
import dev.sqlmem.testing.SharedPostgres;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a session sets, the next answer is the server's own under that setting. Each test does the
 * same on the server and through the proxy, where the table is in the cache already.
 */
class SessionTruthTest {
    private static final String PROBE = "SELECT id, at, plain, dated, raw, amount, word FROM facts ORDER BY id";
    private static final String NAMED = "SELECT who FROM here";
    private static final String USER_A = "session_truth_a";
    private static final String USER_B = "session_truth_b";

    private static Scene scene;
    private Client direct;
    private Client proxied;

    @BeforeAll
    static void start() {
        SharedPostgres.execute(
                "postgres",
                "DROP ROLE IF EXISTS " + USER_A + ", " + USER_B,
                "CREATE ROLE " + USER_A + " LOGIN",
                "CREATE ROLE " + USER_B + " LOGIN");
        scene = Scene.transparent(
                "truth",
                "CREATE TABLE facts (id int PRIMARY KEY, at timestamptz, plain timestamp, dated date, raw bytea,"
                        + " amount numeric(10,2), word text)",
                "INSERT INTO facts VALUES"
                        + " (1, '2024-01-15 12:00:00+00', '2024-01-15 12:00:00.5', '2024-01-15', '\\x00ff41', 1.50, 'a'),"
                        + " (2, '2024-07-15 12:00:00.123456+00', 'infinity', '-infinity', '', -0.01, ''),"
                        + " (3, '1900-01-01 00:00:00+00', '0044-03-15 12:00:00 BC', '0044-03-15 BC', '\\\\', 0, 'é'),"
                        + " (4, NULL, NULL, NULL, NULL, NULL, NULL)",
                "CREATE SCHEMA one",
                "CREATE SCHEMA two",
                "CREATE SCHEMA " + USER_A,
                "CREATE TABLE one.here (who text)",
                "CREATE TABLE two.here (who text)",
                "CREATE TABLE public.here (who text)",
                "CREATE TABLE " + USER_A + ".here (who text)",
                "INSERT INTO one.here VALUES ('one')",
                "INSERT INTO two.here VALUES ('two')",
                "INSERT INTO public.here VALUES ('public')",
                "INSERT INTO " + USER_A + ".here VALUES ('a')",
                "GRANT USAGE ON SCHEMA one, two, " + USER_A + " TO " + USER_A + ", " + USER_B,
                "GRANT SELECT ON facts, public.here TO " + USER_A + ", " + USER_B,
                "GRANT SELECT ON one.here, " + USER_A + ".here TO " + USER_A,
                "CREATE FUNCTION become(name text, value text) RETURNS text LANGUAGE sql AS"
                        + " 'SELECT set_config(name, value, false)'");
        try (Client client = scene.client()) {
            scene.warm(client, PROBE);
            for (String schema : List.of("one", "two", "public", USER_A)) {
                scene.warm(client, "SELECT who FROM " + schema + ".here");
            }
        }
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void connect() {
        direct = scene.direct();
        proxied = scene.client();
        proxied.run(PROBE);
        proxied.run(NAMED);
    }

    @AfterEach
    void disconnect() {
        direct.close();
        proxied.close();
    }

    /** Each line is a history; after every step both probes must answer as the server does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET TIME ZONE 'Europe/Berlin' | SET TIME ZONE 'Asia/Kolkata' | RESET TIME ZONE",
                "SET TimeZone = 'America/New_York' | SET timezone TO DEFAULT",
                "SET TIME ZONE INTERVAL '+05:45' HOUR TO MINUTE | SET TIME ZONE -3 | SET TIME ZONE LOCAL",
                "SET TIME ZONE '<+07>-07' | SET TIME ZONE 'posixrules' | SET TIME ZONE 'UTC'",
                "SELECT set_config('TimeZone', 'Australia/Lord_Howe', false) | RESET ALL",
                "SELECT become('TimeZone', 'Pacific/Apia') | DISCARD ALL",
                "BEGIN | SET LOCAL TIME ZONE 'Asia/Tokyo' | ROLLBACK",
                "BEGIN | SET TIME ZONE 'Asia/Tokyo' | COMMIT",
                "BEGIN | SET TIME ZONE 'Asia/Tokyo' | ROLLBACK",
                "BEGIN | SAVEPOINT s | SET TIME ZONE 'Asia/Tokyo' | ROLLBACK TO s | COMMIT",
                "SET DateStyle = 'German' | SET DateStyle = 'ISO, DMY' | RESET DateStyle",
                "SET DateStyle = 'SQL, MDY' | BEGIN | SET LOCAL DateStyle = 'ISO' | COMMIT",
                "SELECT set_config('DateStyle', 'Postgres', false) | DISCARD ALL",
                "SET bytea_output = 'escape' | SET bytea_output = 'hex'",
                "SET bytea_output = 'escape' | RESET bytea_output",
                "SET bytea_output = 'escape' | RESET ALL",
                "SELECT set_config('bytea_output', 'escape', false) | DISCARD ALL",
                "SELECT become('bytea_output', 'escape') | SELECT become('bytea_output', 'hex')",
                "BEGIN | SET LOCAL bytea_output = 'escape' | COMMIT",
                "BEGIN | SET LOCAL bytea_output = 'escape' | ROLLBACK",
                "BEGIN | SET bytea_output = 'escape' | SAVEPOINT s | SET bytea_output = 'hex' | ROLLBACK TO s | COMMIT",
                "BEGIN | SAVEPOINT s | SET bytea_output = 'escape' | RELEASE s | ROLLBACK",
                "BEGIN | SELECT set_config('bytea_output', 'escape', true) | COMMIT",
                "BEGIN | SELECT become('bytea_output', 'escape') | ROLLBACK",
                "UPDATE pg_settings SET setting = 'escape' WHERE name = 'bytea_output'",
                "DO $$ BEGIN SET bytea_output = 'escape'; END $$",
                "SET search_path = one | SET search_path = two, one | RESET search_path",
                "SET search_path TO \"$user\", one | SET SCHEMA 'two' | DISCARD ALL",
                "SELECT set_config('search_path', 'two', false) | SELECT set_config('search_path', 'one', false)",
                "SELECT become('search_path', 'two') | BEGIN | SELECT become('search_path', 'one') | ROLLBACK",
                "BEGIN | SET LOCAL search_path = one | COMMIT",
                "BEGIN | SET LOCAL search_path = one | ROLLBACK",
                "BEGIN | SET search_path = one | COMMIT | SET search_path = nowhere | SET search_path = ''",
                "SET search_path = one, pg_catalog",
                "SET search_path = pg_temp, two",
                "PREPARE p AS SELECT set_config('search_path', 'two', false) | EXECUTE p | DEALLOCATE p",
                "DO $$ BEGIN PERFORM set_config('search_path', 'one', false); END $$ | SELECT 1",
                "SET ROLE session_truth_a | SET search_path = two | SET ROLE session_truth_b | RESET ROLE",
                "SET ROLE session_truth_b | SET search_path = one | SET ROLE NONE",
                "SET SESSION AUTHORIZATION session_truth_a | SET search_path = two, public | RESET SESSION AUTHORIZATION",
                "BEGIN | SET LOCAL ROLE session_truth_b | SET LOCAL search_path = one, public | ROLLBACK",
                "SELECT set_config('role', 'session_truth_b', false) | SET search_path = one | RESET ALL",
                "SELECT become('role', 'session_truth_b') | SELECT become('search_path', 'one') | DISCARD ALL",
                "SET client_encoding = 'LATIN1' | SET NAMES 'UTF8'",
                "SET extra_float_digits = 0 | SET IntervalStyle = 'sql_standard'",
                "SET standard_conforming_strings = off | SET standard_conforming_strings = on",
                "SET transform_null_equals = on | SET transform_null_equals = off",
                "SET row_security = off | SET row_security = on",
                "SET lc_messages = 'C' | SET application_name = 'x'",
                "SET nonsense = 1 | SET TimeZone = 'No/Where'",
            })
    void answersUnder(String history) {
        for (String step : history.split(" \\| ", -1)) {
            assertThat(Scene.difference(direct, proxied, step)).as(step).isEmpty();
            assertSameProbes("after " + step);
        }
    }

    /** Off, the word NULL in an array constant is a text. */
    @Test
    void readsArrayConstantsUnderArrayNulls() {
        String sql = "SELECT count(*) FROM here WHERE who <> ALL ('{a,NULL}')";
        List<List<List<String>>> told = new ArrayList<>();
        for (String step : List.of("SET array_nulls = on", "SET array_nulls = off", "RESET array_nulls")) {
            direct.run(step);
            proxied.run(step);
            List<List<String>> rows = direct.run(sql).rows();
            told.add(rows);
            for (int i = 0; i < 2; i++) {
                assertThat(proxied.run(sql).rows()).as(step).isEqualTo(rows);
                assertThat(proxied.extended(sql).rows()).as(step).isEqualTo(rows);
            }
        }
        assertThat(told.get(1)).isNotEqualTo(told.get(0)).isNotEqualTo(told.get(2));
    }

    /** A temporary table hides the one in the cache. Its OID is its session's own, so only rows are compared. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE here (who text) | DROP TABLE here",
                "CREATE TEMP TABLE here AS SELECT 'hidden' AS who | DISCARD TEMP",
                "CREATE TEMP VIEW here AS SELECT 'hidden'::text AS who | DISCARD ALL",
                "SELECT 'hidden'::text AS who INTO TEMP here | DROP TABLE here",
                "BEGIN | CREATE TEMP TABLE here (who text) ON COMMIT DROP | COMMIT",
                "BEGIN | CREATE TEMP TABLE here (who text) | ROLLBACK",
                "CREATE TABLE pg_temp.here (who text) | INSERT INTO here VALUES ('hidden')"
            })
    void seesTemporaryTables(String history) {
        for (String step : history.split(" \\| ", -1)) {
            direct.run(step);
            proxied.run(step);
            for (int i = 0; i < 2; i++) {
                List<List<String>> rows = direct.run(NAMED).rows();
                assertThat(proxied.run(NAMED).rows()).as(step).isEqualTo(rows);
                assertThat(proxied.extended(NAMED).rows()).as(step).isEqualTo(rows);
            }
        }
    }

    private void assertSameProbes(String when) {
        for (int i = 0; i < 2; i++) {
            for (String probe :
                    List.of(NAMED, PROBE, "SELECT who FROM here WHERE who = NULL", "SELECT dated FROM facts")) {
                assertThat(Scene.difference(direct, proxied, probe))
                        .as(probe + " " + when)
                        .isEmpty();
                ExtendedQuery query = ExtendedQuery.of(probe).binaryResults();
                assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                                .difference(
                                        direct.raw().extended(query),
                                        proxied.raw().extended(query)))
                        .as(probe + ", extended, " + when)
                        .isEmpty();
            }
        }
    }

    @Test
    void takesSettingsOfLoginForWhatTheyAre() {
        SharedPostgres.execute(
                "postgres",
                "ALTER ROLE " + USER_A + " IN DATABASE " + scene.database() + " SET bytea_output = 'escape'",
                "ALTER ROLE " + USER_A + " SET TimeZone = 'Asia/Tokyo'",
                "ALTER ROLE " + USER_B + " SET search_path = two, public",
                "ALTER ROLE " + USER_B + " SET DateStyle = 'German'");
        for (LoginRequest each : List.of(
                scene.login().as(USER_A, null),
                scene.login().as(USER_B, null),
                scene.login().set("TimeZone", "America/Lima").set("DateStyle", "ISO, DMY"),
                scene.login().set("options", "-c search_path=one -c bytea_output=escape"),
                scene.login().set("search_path", "two"),
                scene.login().set("client_encoding", "LATIN1"),
                scene.login().as(USER_A, null).set("options", "-c bytea_output=hex"))) {
            LoginRequest toServer = new LoginRequest(
                    "127.0.0.1",
                    SharedPostgres.port(),
                    each.user(),
                    each.database(),
                    null,
                    each.parameters(),
                    each.timeout());
            try (Client straight = new Client(toServer);
                    Client through = new Client(each)) {
                for (String probe : List.of(NAMED, PROBE, "SHOW search_path", "SHOW bytea_output")) {
                    assertThat(Scene.difference(straight, through, probe))
                            .as(each + " " + probe)
                            .isEmpty();
                    assertThat(Scene.difference(straight, through, probe))
                            .as(each + " " + probe)
                            .isEmpty();
                }
                assertThat(through.raw().startupParameter("TimeZone"))
                        .isEqualTo(straight.raw().startupParameter("TimeZone"));
                // RESET goes back to what login brought, not to the server's default.
                for (Client client : List.of(straight, through)) {
                    client.run("SET bytea_output = 'hex'; SET search_path = one; SET TimeZone = 'UTC'");
                    client.run("RESET ALL");
                }
                assertThat(Scene.difference(straight, through, PROBE)).isEmpty();
                assertThat(Scene.difference(straight, through, NAMED)).isEmpty();
            }
        }
    }

    /** The settings that are known by themselves cost no round trip: the next answer is a hit. */
    @Test
    void goesOnServingUnderOtherSettings() {
        for (String setting : List.of(
                "SET TIME ZONE 'Europe/Berlin'",
                "SET search_path = one, public",
                "SET bytea_output = 'escape'",
                "SET ROLE session_truth_a",
                "RESET ALL")) {
            proxied.run(setting);
            scene.warm(proxied, PROBE);
            scene.warm(proxied, NAMED);
        }
    }

    /** The second statement of a pipeline is bound by the first's setting, Sync between them or not. */
    @Test
    void appliesSettingsWithinPipelines() {
        for (boolean sync : new boolean[] {true, false}) {
            for (Client client : List.of(direct, proxied)) {
                client.raw().send(FrontendFrames.parse("", "SET search_path = two"));
                client.raw().send(FrontendFrames.bind("", ""), FrontendFrames.execute("", 0));
                if (sync) {
                    client.raw().send(FrontendFrames.sync());
                }
                client.raw().send(FrontendFrames.parse("", NAMED));
                client.raw().send(FrontendFrames.bind("", ""), FrontendFrames.execute("", 0), FrontendFrames.sync());
            }
            int ready = sync ? 2 : 1;
            assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                            .difference(
                                    direct.raw().readUntilReady(ready),
                                    proxied.raw().readUntilReady(ready)))
                    .isEmpty();
            assertThat(new Reply(proxied.raw().simpleQuery(NAMED)).value()).isEqualTo("two");
            direct.run("RESET search_path");
            proxied.run("RESET search_path");
        }
        for (Client client : List.of(direct, proxied)) {
            client.raw().send(FrontendFrames.query("SET search_path = one"), FrontendFrames.query(NAMED));
            client.raw().readUntilReady();
            assertThat(new Reply(client.raw().readUntilReady()).value()).isEqualTo("one");
        }
    }

    /** A statement that was prepared under another search path or role is planned anew, as the server does. */
    @Test
    void followsSettingsWithPreparedStatements() {
        ExtendedQuery query = ExtendedQuery.of(NAMED).named("mine", "");
        direct.raw().extended(query);
        proxied.raw().extended(query);
        for (String step : List.of(
                "SET search_path = one",
                "SET search_path = two",
                "SET ROLE session_truth_b",
                "RESET ROLE",
                "CREATE TEMP TABLE here AS SELECT 'hidden'::text AS who",
                "SET search_path = one",
                "DROP TABLE pg_temp.here",
                "RESET ALL")) {
            direct.run(step);
            proxied.run(step);
            for (int i = 0; i < 2; i++) {
                List<dev.sqlmem.testing.Frame> again = List.of(query.bind(), query.execute(), FrontendFrames.sync());
                direct.raw().send(again);
                proxied.raw().send(again);
                assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                                .difference(
                                        direct.raw().readUntilReady(),
                                        proxied.raw().readUntilReady()))
                        .as(step)
                        .isEmpty();
            }
        }
    }
}
