package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameBody;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.SharedPostgres;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that try to write in read-only mode. The database helps them: its functions switch the session
 * to read-write and write to a table, behind names, views, operators, casts, domains and policies that a
 * text doesn't show. After each attempt the table must hold what it held.
 *
 * <p>Every attack is tried on the server itself too, where it must succeed: one that can't write proves
 * nothing.
 */
class ReadOnlyWallTest {
    private static final String OFF = "'default_transaction_read_only', 'off', false";
    private static final String UNTOUCHED = "1 untouched";

    private static final String[] SCRIPT = {
        "CREATE TABLE vault (a int, b text)",
        "INSERT INTO vault VALUES (1, 'untouched')",
        "CREATE TABLE plain (a int)",
        "INSERT INTO plain VALUES (1)",
        // What a text doesn't show.
        "CREATE FUNCTION unlock() RETURNS int LANGUAGE plpgsql AS" + " $$ BEGIN PERFORM set_config(" + OFF
                + "); RETURN 1; END $$",
        "CREATE FUNCTION scrawl() RETURNS int LANGUAGE plpgsql AS"
                + " $$ BEGIN UPDATE vault SET b = 'scrawled'; RETURN 1; END $$",
        "CREATE VIEW unlocking AS SELECT unlock() AS a",
        "CREATE VIEW scrawling AS SELECT scrawl() AS a",
        "CREATE FUNCTION unlock(int, int) RETURNS int LANGUAGE sql AS 'SELECT unlock()'",
        "CREATE FUNCTION scrawl(int, int) RETURNS int LANGUAGE sql AS 'SELECT scrawl()'",
        "CREATE OPERATOR <~~> (LEFTARG = int, RIGHTARG = int, FUNCTION = unlock)",
        "CREATE OPERATOR <##> (LEFTARG = int, RIGHTARG = int, FUNCTION = scrawl)",
        "CREATE DOMAIN unlocked AS int CHECK (unlock() = 1)",
        "CREATE DOMAIN scrawled AS int CHECK (scrawl() = 1)",
        "CREATE TYPE one AS (n int)",
        "CREATE FUNCTION unlock(one) RETURNS int LANGUAGE sql AS 'SELECT unlock()'",
        "CREATE FUNCTION scrawl(one) RETURNS int LANGUAGE sql AS 'SELECT scrawl()'",
        "CREATE CAST (one AS int) WITH FUNCTION unlock(one)",
        "CREATE TYPE two AS (n int)",
        "CREATE FUNCTION scrawl(two) RETURNS int LANGUAGE sql AS 'SELECT scrawl()'",
        "CREATE CAST (two AS int) WITH FUNCTION scrawl(two)",
        "CREATE FUNCTION unlock(plain) RETURNS int LANGUAGE sql AS 'SELECT unlock()'",
        "CREATE FUNCTION scrawl(plain) RETURNS int LANGUAGE sql AS 'SELECT scrawl()'",
        "CREATE AGGREGATE unlock_all(int) (SFUNC = unlock, STYPE = int, INITCOND = '0')",
        "CREATE FUNCTION \"Odd Name\"() RETURNS int LANGUAGE sql AS 'SELECT unlock()'",
        "CREATE FUNCTION lower(int) RETURNS int LANGUAGE sql AS 'SELECT unlock()'",
        "CREATE FUNCTION upper(int) RETURNS int LANGUAGE sql AS 'SELECT scrawl()'",
        // What the planner runs already.
        "CREATE FUNCTION unlock_early() RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM unlock(); RETURN 1; END $$",
        "CREATE FUNCTION scrawl_early() RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM scrawl(); RETURN 1; END $$",
        "CREATE TABLE guarded (a int)",
        "INSERT INTO guarded VALUES (1)",
        "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE guarded FORCE ROW LEVEL SECURITY",
        "CREATE POLICY guard ON guarded USING (unlock() = 1)",
        "GRANT SELECT ON guarded TO pg_monitor",
    };

    private static Scene scene;
    private Client client;

    @BeforeAll
    static void start() {
        scene = Scene.readOnly("wall", SCRIPT);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void connect() {
        scene.behindTheProxy("UPDATE vault SET a = 1, b = 'untouched'");
        client = scene.client();
    }

    @AfterEach
    void theTableIsUnchanged() {
        client.close();
        assertThat(vault()).isEqualTo(UNTOUCHED);
    }

    private static String vault() {
        try (Client direct = scene.direct()) {
            return direct.run("SELECT a || ' ' || b FROM vault").value();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET default_transaction_read_only = off",
                "SET default_transaction_read_only TO 'off'",
                "SET default_transaction_read_only TO DEFAULT",
                "SET SESSION default_transaction_read_only = false",
                "SET \"default_transaction_read_only\" = 'no'",
                "set Default_Transaction_Read_Only = 0",
                "SET LOCAL transaction_read_only = off",
                "SET transaction_read_only = of",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE",
                "SET TRANSACTION READ WRITE",
                "BEGIN READ WRITE",
                "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ WRITE",
                "START TRANSACTION READ WRITE",
                "BEGIN; SET TRANSACTION READ WRITE",
                "SELECT set_config('default_transaction_read_only', 'off', false)",
                "SELECT pg_catalog.set_config('transaction_read_only', 'off', true)",
                "SELECT set_config('default_' || 'transaction_read_only', 'off', false)",
                "SELECT set_config(name, 'off', false) FROM pg_settings WHERE name = 'default_transaction_read_only'",
                "SELECT \"set_config\"(E'default\\x5ftransaction_read_only', 'off', false)",
                "SELECT set_config(U&'default\\005ftransaction_read_only', 'off', false)",
                "SELECT set_config('Default_Transaction_Read_Only', 'off', false)",
                "SELECT a FROM plain WHERE set_config(" + OFF + ") = ''",
                "PREPARE p AS SELECT set_config(" + OFF + ")",
                "PREPARE p (text) AS SELECT set_config($1, 'off', false)",
                "UPDATE pg_settings SET setting = 'off' WHERE name = 'default_transaction_read_only'",
                "EXPLAIN ANALYZE SELECT set_config(" + OFF + ")",
                "COPY (SELECT set_config(" + OFF + ")) TO STDOUT",
                "DECLARE c CURSOR WITH HOLD FOR SELECT set_config(" + OFF + ")",
                "DO $$ BEGIN PERFORM set_config(" + OFF + "); END $$",
                "DO 'BEGIN SET default_transaction_read_only = off; END'",
                "ALTER ROLE postgres SET default_transaction_read_only = off",
                "ALTER SYSTEM SET default_transaction_read_only = off"
            })
    void refusesToLeaveReadOnlyMode(String sql) {
        Reply reply = client.ask(sql);
        assertThat(reply.sqlState()).isIn("25006", "0A000");
        assertThat(reply.message()).matches("(ReadOnlyError|UnsupportedQueryError): .*");
        client.run("ROLLBACK");
        client.extended(sql);
        client.run("ROLLBACK");
        assertIsReadOnly();
    }

    @Test
    void refusesSetConfigByParameter() {
        Reply reply = client.extended("SELECT set_config($1, $2, false)", "default_transaction_read_only", "off");
        assertThat(reply.sqlState()).isEqualTo("25006");
        reply = client.extended("SELECT set_config('default_transaction_read_only', $1, false)", "off");
        assertThat(reply.sqlState()).isEqualTo("25006");
        assertIsReadOnly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET ALL", "DISCARD ALL", "RESET SESSION AUTHORIZATION", "SET ROLE postgres"})
    void staysReadOnlyAfter(String sql) {
        client.run(sql);
        assertIsReadOnly();
    }

    @Test
    void letsNoStartupParameterDecide() {
        SharedPostgres.execute(
                "postgres",
                "DROP ROLE IF EXISTS wall_writer",
                "CREATE ROLE wall_writer LOGIN SUPERUSER",
                "ALTER ROLE wall_writer SET default_transaction_read_only = off");
        List<LoginRequest> logins = List.of(
                scene.login().set("default_transaction_read_only", "off"),
                scene.login().set("DEFAULT_TRANSACTION_READ_ONLY", "off"),
                scene.login()
                        .set("Default_transaction_Read_only", "off")
                        .set("options", "-cdefault_transaction_read_only=0"),
                scene.login().set("options", "-c default_transaction_read_only=off"),
                scene.login().set("options", "-c default_transaction_read_only=on --default-transaction-read-only=off"),
                scene.login().set("transaction_read_only", "off"),
                scene.login().as("wall_writer", null));
        for (LoginRequest login : logins) {
            try (Client other = new Client(login)) {
                assertThat(other.run("SHOW default_transaction_read_only").value())
                        .isEqualTo("on");
                other.run("RESET ALL");
                other.run("DISCARD ALL");
                assertThat(other.run("SHOW transaction_read_only").value()).isEqualTo("on");
                assertThat(other.ask("SELECT scrawl()").sqlState()).isEqualTo("25006");
            }
        }
    }

    /** A way to switch the session over, and one to write then, neither of which shows that in its text. */
    record Attack(String unlock, String scrawl) {
        @Override
        public String toString() {
            return unlock + " | " + scrawl;
        }
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                new Attack("SELECT unlock()", "SELECT scrawl()"),
                new Attack("SELECT a FROM unlocking", "SELECT a FROM scrawling"),
                new Attack("SELECT 1 <~~> 2", "SELECT 1 <##> 2"),
                new Attack("SELECT 1 OPERATOR(public.<~~>) 2", "SELECT 1 OPERATOR(public.<##>) 2"),
                new Attack("SELECT 1::unlocked", "SELECT 1::scrawled"),
                new Attack("SELECT CAST(1 AS unlocked)", "SELECT CAST(1 AS scrawled)"),
                new Attack("SELECT unlocked '1'", "SELECT scrawled '1'"),
                new Attack("SELECT ROW(1)::one::int", "SELECT ROW(1)::two::int"),
                new Attack("SELECT (plain).unlock FROM plain", "SELECT (plain).scrawl FROM plain"),
                new Attack("SELECT plain.unlock FROM plain", "SELECT plain.scrawl FROM plain"),
                new Attack("SELECT unlock_all(a) OVER () FROM plain", "SELECT a FROM scrawling"),
                new Attack("SELECT \"Odd Name\"()", "SELECT public.scrawl()"),
                new Attack("SELECT lower(1)", "SELECT upper(1)"),
                new Attack("SELECT x FROM unlock() x", "SELECT x FROM scrawl() x"),
                new Attack("SELECT x FROM ROWS FROM (unlock()) x", "SELECT x FROM ROWS FROM (scrawl()) x"),
                new Attack("VALUES (unlock())", "VALUES (scrawl())"),
                new Attack("COPY (SELECT unlock()) TO STDOUT", "COPY (SELECT scrawl()) TO STDOUT"),
                new Attack("COPY (SELECT a FROM unlocking) TO STDOUT", "COPY (SELECT a FROM scrawling) TO STDOUT"),
                new Attack("EXPLAIN SELECT unlock_early()", "EXPLAIN SELECT scrawl_early()"),
                new Attack("SET ROLE pg_monitor; SELECT a FROM guarded; RESET ROLE", "SELECT scrawl()"),
                new Attack("EXPLAIN (ANALYZE) SELECT a FROM unlocking", "EXPLAIN (ANALYZE) SELECT a FROM scrawling"));
    }

    /** The attack succeeds on the server itself, in a session that starts read-only. */
    @ParameterizedTest
    @MethodSource("attacks")
    void isAnAttackIndeed(Attack attack) {
        try (Client direct = new Client(scene.directLogin().set("default_transaction_read_only", "on"))) {
            assertThat(direct.ask(attack.scrawl).sqlState()).isEqualTo("25006");
            direct.run(attack.unlock);
            direct.run(attack.scrawl);
        }
        assertThat(vault()).isEqualTo("1 scrawled");
        scene.behindTheProxy("UPDATE vault SET b = 'untouched'");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void holdsBetweenMessages(Attack attack) {
        client.ask(attack.unlock);
        assertIsBlocked(client.ask(attack.scrawl));
        client.extended(attack.unlock);
        assertIsBlocked(client.extended(attack.scrawl));
        client.ask(attack.unlock);
        assertIsBlocked(client.extended(attack.scrawl));
        assertIsReadOnly();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void holdsWithinOneString(Attack attack) {
        String unlock = attack.unlock + "; ";
        String scrawl = "; " + attack.scrawl;
        client.ask(unlock + attack.scrawl);
        client.ask(unlock + "COMMIT" + scrawl);
        client.ask(unlock + "ROLLBACK" + scrawl);
        client.ask(unlock + "COMMIT; BEGIN" + scrawl + "; COMMIT");
        client.ask(unlock + "BEGIN" + scrawl + "; COMMIT");
        client.ask("ROLLBACK");
        client.ask("BEGIN; " + unlock + "COMMIT" + scrawl);
        client.ask("BEGIN; " + unlock + "COMMIT AND CHAIN" + scrawl + "; COMMIT");
        client.ask("BEGIN; " + unlock + "END; BEGIN" + scrawl + "; END");
        client.ask("SAVEPOINT s; " + unlock + "RELEASE s" + scrawl);
        client.ask("ROLLBACK");
        assertIsReadOnly();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void holdsInBlocks(Attack attack) {
        client.run("BEGIN");
        client.ask(attack.unlock);
        client.ask("COMMIT; BEGIN; " + attack.scrawl);
        client.ask("COMMIT");
        client.ask("ROLLBACK");
        client.run("BEGIN");
        client.ask(attack.unlock);
        client.ask("COMMIT AND CHAIN");
        client.ask(attack.scrawl);
        client.ask("COMMIT");
        client.run("BEGIN");
        client.ask(attack.unlock);
        client.ask("COMMIT");
        client.ask(attack.scrawl);
        client.run("BEGIN");
        client.ask("SAVEPOINT s");
        client.ask(attack.unlock);
        client.ask("ROLLBACK TO s; COMMIT; " + attack.scrawl);
        client.ask("ROLLBACK");
        assertIsReadOnly();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void holdsInPipelines(Attack attack) {
        Frame sync = FrontendFrames.sync();
        for (String between : List.of("", "sync", "flush", "COMMIT", "ROLLBACK", "BEGIN", "COMMIT; BEGIN", "query")) {
            List<Frame> frames = new ArrayList<>(run(attack.unlock));
            switch (between) {
                case "" -> {}
                case "sync" -> frames.add(sync);
                case "flush" -> frames.add(FrontendFrames.flush());
                case "query" -> {
                    frames.add(sync);
                    frames.add(FrontendFrames.query(attack.scrawl));
                }
                default -> List.of(between.split("; ", -1)).forEach(command -> frames.addAll(run(command)));
            }
            frames.addAll(run(attack.scrawl));
            frames.addAll(run("COMMIT"));
            frames.add(sync);
            int ready =
                    (int) frames.stream().filter(f -> f.is('S') || f.is('Q')).count();
            client.raw().send(frames);
            client.raw().readUntilReady(ready);
            client.ask("ROLLBACK");
            assertThat(vault()).as("with %s between", between).isEqualTo(UNTOUCHED);
        }
        assertIsReadOnly();
    }

    private static List<Frame> run(String sql) {
        return List.of(FrontendFrames.parse("", sql), FrontendFrames.bind("", ""), FrontendFrames.execute("", 0));
    }

    /** Everything is bound before anything runs. */
    @ParameterizedTest
    @MethodSource("attacks")
    void holdsForPortalsBoundEarly(Attack attack) {
        Frame sync = FrontendFrames.sync();
        client.raw()
                .send(
                        FrontendFrames.parse("unlock", attack.unlock),
                        FrontendFrames.parse("scrawl", attack.scrawl),
                        FrontendFrames.parse("commit", "COMMIT"),
                        FrontendFrames.parse("begin", "BEGIN"),
                        sync,
                        FrontendFrames.bind("u", "unlock"),
                        FrontendFrames.bind("c", "commit"),
                        FrontendFrames.execute("u", 0),
                        FrontendFrames.execute("c", 0),
                        FrontendFrames.bind("s", "scrawl"),
                        FrontendFrames.execute("s", 0),
                        sync,
                        FrontendFrames.query("BEGIN"),
                        FrontendFrames.bind("u", "unlock"),
                        FrontendFrames.bind("c", "commit"),
                        FrontendFrames.bind("b", "begin"),
                        FrontendFrames.execute("u", 1),
                        sync,
                        FrontendFrames.execute("c", 0),
                        FrontendFrames.execute("b", 0),
                        FrontendFrames.bind("s", "scrawl"),
                        FrontendFrames.execute("s", 0),
                        FrontendFrames.bind("c", "commit"),
                        FrontendFrames.execute("c", 0),
                        sync);
        client.raw().readUntilReady(5);
        client.ask("ROLLBACK");
        assertIsReadOnly();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void holdsForCursorsAndStatementsOfSql(Attack attack) {
        client.ask("PREPARE u AS " + attack.unlock);
        client.ask("PREPARE s AS " + attack.scrawl);
        client.ask("EXECUTE u");
        client.ask("EXECUTE s");
        client.ask("EXECUTE u; COMMIT; EXECUTE s");
        client.ask("BEGIN; EXECUTE u; COMMIT; BEGIN; EXECUTE s; COMMIT");
        client.ask("EXECUTE u; COMMIT; " + attack.scrawl);
        client.frames(
                FrontendFrames.bind("", "u"),
                FrontendFrames.execute("", 0),
                FrontendFrames.parse("", "COMMIT"),
                FrontendFrames.bind("", ""),
                FrontendFrames.execute("", 0),
                FrontendFrames.bind("", "s"),
                FrontendFrames.execute("", 0),
                FrontendFrames.sync());
        client.ask("BEGIN; DECLARE c CURSOR WITH HOLD FOR " + attack.unlock + "; COMMIT; " + attack.scrawl);
        client.ask("ROLLBACK");
        client.ask("BEGIN; DECLARE d CURSOR FOR " + attack.unlock);
        client.ask("FETCH d; COMMIT; BEGIN; " + attack.scrawl + "; COMMIT");
        client.ask("ROLLBACK");
        client.ask("BEGIN; DECLARE d CURSOR FOR " + attack.unlock);
        client.ask("MOVE d; COMMIT; EXECUTE s");
        client.ask("ROLLBACK");
        client.ask("BEGIN; DECLARE d CURSOR FOR " + attack.unlock);
        client.frames(
                FrontendFrames.execute("d", 1),
                FrontendFrames.parse("", "COMMIT"),
                FrontendFrames.bind("", ""),
                FrontendFrames.execute("", 0),
                FrontendFrames.parse("", attack.scrawl),
                FrontendFrames.bind("", ""),
                FrontendFrames.execute("", 0),
                FrontendFrames.sync());
        client.ask("ROLLBACK");
        assertIsReadOnly();
    }

    /** Bind plans, and planning runs what is declared immutable. */
    @Test
    void holdsForWhatRunsWhileBinding() {
        List<Frame> frames = new ArrayList<>(run("SELECT unlock_early()").subList(0, 2));
        frames.addAll(run("COMMIT"));
        frames.addAll(run("SELECT scrawl_early()").subList(0, 2));
        frames.add(FrontendFrames.sync());
        client.frames(frames.toArray(Frame[]::new));
        client.run("BEGIN");
        client.frames(frames.toArray(Frame[]::new));
        client.ask("ROLLBACK");
        assertIsReadOnly();
    }

    /** A query that is refused here doesn't end the portal that the server has. */
    @Test
    void holdsForAPortalBehindARefusedQuery() {
        List<Frame> frames = new ArrayList<>(run("SELECT unlock()"));
        frames.addAll(run("COMMIT").subList(0, 2));
        frames.add(FrontendFrames.query("DELETE FROM vault"));
        frames.add(FrontendFrames.execute("", 0));
        frames.addAll(run("SELECT scrawl()"));
        frames.add(FrontendFrames.sync());
        client.raw().send(frames);
        client.raw().readUntilReady(2);
        client.ask("ROLLBACK");
        assertIsReadOnly();
    }

    @Test
    void holdsForFunctionCalls() {
        for (int i = 0; i < 2; i++) {
            client.raw()
                    .send(
                            functionCall(2078, "default_transaction_read_only", "off", "f"),
                            functionCall(oid("scrawl")),
                            FrontendFrames.query("SELECT scrawl()"));
            client.raw().readUntilReady(3);
        }
        client.raw().send(functionCall(oid("unlock")), functionCall(957, "131072"), functionCall(oid("scrawl")));
        client.raw().readUntilReady(3);
        client.run("BEGIN");
        client.raw().send(functionCall(oid("unlock")));
        client.raw().readUntilReady();
        client.ask("COMMIT; BEGIN; SELECT scrawl(); COMMIT");
        client.ask("ROLLBACK");
        assertIsReadOnly();
        assertThat(scene.direct()
                        .run("SELECT count(*) FROM pg_largeobject_metadata")
                        .value())
                .isEqualTo("0");
    }

    private static int oid(String function) {
        try (Client direct = scene.direct()) {
            return Integer.parseInt(
                    direct.run("SELECT oid FROM pg_proc WHERE pronargs = 0 AND proname = '" + function + "'")
                            .value());
        }
    }

    /** The fast path, whose manual page calls it obsolete; the server speaks it all the same. */
    private static Frame functionCall(int oid, String... arguments) {
        FrameBody body = new FrameBody().int32(oid).int16(0).int16(arguments.length);
        for (String argument : arguments) {
            byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
            body.int32(bytes.length).bytes(bytes);
        }
        return body.int16(0).as('F');
    }

    private static void assertIsBlocked(Reply reply) {
        assertThat(reply.sqlState()).isEqualTo("25006");
    }

    private void assertIsReadOnly() {
        assertThat(client.run("SHOW default_transaction_read_only").value()).isEqualTo("on");
        assertThat(client.run("SHOW transaction_read_only").value()).isEqualTo("on");
        assertThat(vault()).isEqualTo(UNTOUCHED);
    }
}
