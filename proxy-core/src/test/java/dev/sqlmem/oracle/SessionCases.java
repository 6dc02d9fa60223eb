package dev.sqlmem.oracle;

import static dev.sqlmem.testing.FrontendFrames.*;

import dev.sqlmem.testing.Frame;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a session is: settings, transactions, SQL-level statements and cursors, COPY, notifications. */
final class SessionCases {
    private static final String ROWS = ExtendedCases.ROWS;
    private static final String BY_ID = ExtendedCases.BY_ID;
    private static final String TYPES =
            "SELECT id, c_date, c_ts, c_tstz, c_bytea, c_text FROM every_type WHERE id < 20 ORDER BY id";

    private SessionCases() {}

    static Stream<ProtocolCase> all() {
        return Stream.of(
                ProtocolCase.of("empty queries", talk -> talk.ask("", ";", " ; ; ", "-- only a comment", "/* a */")),
                ProtocolCase.of("several statements in one query", SessionCases::severalStatements),
                ProtocolCase.of("failed block", SessionCases::failedBlock),
                ProtocolCase.of("transaction commands out of place", SessionCases::warnings),
                ProtocolCase.of("isolation levels", SessionCases::isolation),
                ProtocolCase.of("DEALLOCATE and DISCARD", SessionCases::deallocate),
                ProtocolCase.of("PREPARE and EXECUTE", SessionCases::prepare),
                ProtocolCase.of("cursors", SessionCases::cursors),
                ProtocolCase.of("COPY out", SessionCases::copyOut),
                ProtocolCase.of("LISTEN and NOTIFY", SessionCases::listen),
                ProtocolCase.of("notice for a name that is cut", SessionCases::notice),
                ProtocolCase.of("settings that shape answers", SessionCases::settings),
                ProtocolCase.of("settings that end with their transaction", SessionCases::localSettings),
                ProtocolCase.of("client encoding", SessionCases::encoding),
                ProtocolCase.of("search path changes under a prepared statement", SessionCases::searchPath),
                ProtocolCase.of("role changes under a prepared statement", SessionCases::role),
                ProtocolCase.of("long statements", SessionCases::longStatements),
                ProtocolCase.of("time limit", SessionCases::timeout),
                ProtocolCase.of("cancel", SessionCases::cancel),
                ProtocolCase.of("same names in two sessions", SessionCases::twoSessions),
                ProtocolCase.of(
                        "Terminate", talk -> talk.ask(ROWS).send(terminate()).hear('Z')),
                ProtocolCase.writing("several transactions in one query", SessionCases::severalTransactions),
                ProtocolCase.writing("a transaction sees its own writes", SessionCases::ownWrites),
                ProtocolCase.writing("committed writes are seen", SessionCases::committedWrites),
                ProtocolCase.writing("COPY in", SessionCases::copyIn),
                ProtocolCase.writing("temporary table in front of a cached one", SessionCases::temporary),
                ProtocolCase.writing("notices of a function", SessionCases::functionNotices));
    }

    private static void severalStatements(Conversation talk) {
        talk.ask(ROWS + "; SELECT 1; " + ROWS + " LIMIT 1;")
                .ask("SET TimeZone = 'Asia/Tokyo'; " + TYPES + "; RESET TimeZone")
                .ask("SELECT 1; SELECT 1/0; SELECT 3")
                .ask("BEGIN; SELECT 1/0; SELECT 2")
                .ask("SELECT 3; ROLLBACK")
                .ask("SELECT 1; SELEKT 2")
                .ask(parse("", "SELECT 1; SELECT 2"), sync());
    }

    /** Read-only mode refuses these: what runs in the first transaction could free the second. */
    private static void severalTransactions(Conversation talk) {
        talk.ask("BEGIN; " + ROWS + "; COMMIT; SELECT 2").ask("SELECT 1; COMMIT; " + ROWS, ROWS);
    }

    private static void failedBlock(Conversation talk) {
        talk.ask(ROWS)
                .ask("BEGIN", ROWS, "SELECT nosuch", ROWS, "SELECT 1")
                .ask(parse("", ROWS), bind("", ""), execute("", 0), sync())
                .ask("", "ROLLBACK", ROWS)
                .ask("BEGIN", "SELECT 1/0", "COMMIT", ROWS)
                .ask("START TRANSACTION", "SAVEPOINT a", ROWS, "SELECT nosuch", "ROLLBACK TO a", ROWS, "END");
    }

    private static void warnings(Conversation talk) {
        talk.ask("COMMIT", "ROLLBACK", "BEGIN", "BEGIN", ROWS, "ABORT", "SAVEPOINT s", "BEGIN READ ONLY", ROWS)
                .ask("COMMIT AND CHAIN", ROWS, "ROLLBACK AND NO CHAIN", "SET LOCAL TimeZone = 'UTC'", "RELEASE nosuch");
    }

    private static void isolation(Conversation talk) {
        talk.ask("BEGIN ISOLATION LEVEL REPEATABLE READ", ROWS, "SHOW transaction_isolation", "COMMIT")
                .ask("BEGIN", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", ROWS, "COMMIT")
                .ask("BEGIN", ROWS, "SET TRANSACTION READ ONLY", ROWS, "COMMIT")
                .ask("SET default_transaction_isolation = 'repeatable read'", "BEGIN", ROWS, "COMMIT", ROWS)
                .ask("BEGIN", "SELECT 1", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", ROWS, "ROLLBACK");
    }

    private static void deallocate(Conversation talk) {
        talk.ask(parse("a", ROWS), parse("b", BY_ID), parse("Mixed", BY_ID), sync())
                .ask("DEALLOCATE a")
                .ask(bind("", "a"), sync())
                .ask(bind("", "b", "1"), execute("", 0), sync())
                .ask("DEALLOCATE PREPARE \"Mixed\"", "DEALLOCATE nosuch")
                .ask(bind("", "Mixed", "1"), sync())
                .ask("DEALLOCATE ALL")
                .ask(bind("", "b", "1"), sync())
                .ask(parse("b", ROWS), bind("", "b"), execute("", 1), sync())
                .ask("SET TimeZone = 'Asia/Tokyo'", "DISCARD ALL", "SHOW TimeZone")
                .ask(bind("", "b"), sync())
                .ask(parse("b", "DEALLOCATE ALL"), bind("", "b"), execute("", 0), sync())
                .ask(bind("", "b"), sync())
                .ask("BEGIN", "DISCARD ALL", "ROLLBACK", "DISCARD PLANS", ROWS);
    }

    private static void prepare(Conversation talk) {
        talk.ask("PREPARE p (int) AS " + BY_ID, "EXECUTE p(3)", "EXECUTE p('x')", "EXECUTE nosuch")
                .ask(bind("", "p", "4"), describePortal(""), execute("", 0), sync())
                .ask(parse("q", BY_ID), sync())
                .ask("EXECUTE q(5)", "PREPARE q AS SELECT 1")
                .ask(parse("p", ROWS), sync())
                .ask("SELECT name, statement, from_sql FROM pg_prepared_statements WHERE from_sql ORDER BY name")
                .ask("DEALLOCATE p")
                .ask(bind("", "p", "4"), sync());
    }

    private static void cursors(Conversation talk) {
        talk.ask("BEGIN", "DECLARE c CURSOR FOR " + ROWS, "FETCH 2 FROM c", "FETCH c", "MOVE 3 IN c")
                .ask(execute("c", 2), sync())
                .ask("FETCH BACKWARD 1 FROM c", "CLOSE c", "FETCH c", "ROLLBACK")
                .ask("DECLARE c CURSOR FOR SELECT 1")
                .ask("BEGIN")
                .ask(parse("", ROWS), bind("p", ""), execute("p", 2), sync())
                .ask("FETCH 2 FROM p", "CLOSE p")
                .ask(execute("p", 2), sync())
                .ask("ROLLBACK", "DECLARE h CURSOR WITH HOLD FOR " + ROWS, "FETCH 1 FROM h", "CLOSE ALL");
    }

    private static void copyOut(Conversation talk) {
        talk.ask("COPY narrow TO STDOUT", "COPY (" + ROWS + ") TO STDOUT (FORMAT csv, HEADER)")
                .ask("COPY (SELECT id, c_num FROM every_type ORDER BY id) TO STDOUT (FORMAT binary)")
                .ask("COPY nosuch TO STDOUT", "COPY (SELECT 1/0) TO STDOUT", ROWS)
                .ask(
                        parse("", "COPY (" + ROWS + ") TO STDOUT"),
                        bind("", ""),
                        describePortal(""),
                        execute("", 0),
                        sync())
                .ask("COPY (SELECT 1) TO STDOUT; " + ROWS);
    }

    private static void listen(Conversation talk) {
        Conversation other = talk.another();
        talk.ask("LISTEN news");
        other.ask("NOTIFY news, 'first'");
        talk.hear('A').ask(ROWS);
        other.ask("BEGIN", "NOTIFY news, 'second'", "COMMIT");
        talk.hear('A').ask("UNLISTEN *");
        other.ask("NOTIFY news, 'unheard'", "LISTEN own", "NOTIFY own, ''");
        talk.ask(ROWS, "SELECT count(*) FROM pg_listening_channels()");
    }

    private static void notice(Conversation talk) {
        String name = "a_name_of_exactly_sixty_three_bytes_so_that_nothing_is_cut_off1_but_this";
        talk.ask("SELECT " + name + " FROM \"Odd Schema\".\"Odd Names\" ORDER BY \"Id\"")
                .ask("SELECT id AS " + name + " FROM narrow ORDER BY id LIMIT 1")
                .ask(
                        parse("", "SELECT id AS " + name + " FROM narrow ORDER BY id"),
                        bind("", ""),
                        execute("", 1),
                        sync());
    }

    private static void settings(Conversation talk) {
        talk.ask(TYPES, "SET TimeZone TO 'Asia/Kathmandu'", TYPES, "SET bytea_output = 'escape'", TYPES)
                .ask("SET DateStyle = 'SQL, DMY'", TYPES, "SET datestyle = ISO", TYPES, "RESET ALL", TYPES)
                .ask("SELECT set_config('TimeZone', 'America/New_York', false)", TYPES)
                .ask("SET SESSION TIME ZONE INTERVAL '+05:30' HOUR TO MINUTE", TYPES, "SET TIME ZONE DEFAULT", TYPES)
                .ask("SET application_name = 'someone else'", "SET nosuch.setting = 'x'", "SHOW nosuch.setting")
                .ask("SET nosuch = 1", "SET TimeZone = 'Mars/Base'", TYPES, "SET standard_conforming_strings = off")
                .ask("SELECT id FROM every_type WHERE c_text = 'a\\\\b' ORDER BY id")
                .ask("RESET standard_conforming_strings", "SELECT id FROM every_type WHERE c_text = 'a\\b' ORDER BY id")
                .ask("SET array_nulls = off", "SELECT id FROM every_type WHERE c_text <> ALL ('{a,NULL}') ORDER BY id")
                .ask("RESET array_nulls", "SELECT id FROM every_type WHERE c_text <> ALL ('{a,NULL}') ORDER BY id")
                .ask("SET transform_null_equals = on", "SELECT count(*) FROM narrow WHERE a = NULL")
                .ask("DISCARD ALL", "SELECT count(*) FROM narrow WHERE a = NULL", TYPES);
    }

    private static void localSettings(Conversation talk) {
        talk.ask("BEGIN", "SET LOCAL TimeZone = 'Asia/Tokyo'", TYPES, "COMMIT", TYPES)
                .ask("BEGIN", "SET TimeZone = 'Asia/Tokyo'", TYPES, "ROLLBACK", TYPES)
                .ask(
                        "BEGIN",
                        "SAVEPOINT a",
                        "SET bytea_output = escape",
                        TYPES,
                        "ROLLBACK TO a",
                        TYPES,
                        "COMMIT",
                        TYPES)
                .ask("BEGIN", "SET TimeZone = 'Europe/Berlin'", "SELECT 1/0", "COMMIT", TYPES)
                .ask("BEGIN; SET LOCAL bytea_output = escape; " + TYPES + "; COMMIT", TYPES)
                .ask("SELECT set_config('bytea_output', 'escape', true)", TYPES);
    }

    private static void encoding(Conversation talk) {
        String accents = "SELECT \"Id\", \"été\" FROM \"Odd Schema\".\"Odd Names\" ORDER BY \"Id\"";
        talk.ask(accents, "SET client_encoding = 'LATIN1'")
                .ask("SELECT \"Id\" FROM \"Odd Schema\".\"Odd Names\" ORDER BY \"Id\"", TYPES)
                .ask(
                        "SET client_encoding TO DEFAULT",
                        accents,
                        "SET NAMES 'SQL_ASCII'",
                        accents,
                        "RESET client_encoding")
                .ask(accents);
    }

    private static void searchPath(Conversation talk) {
        talk.ask(parse("s", "SELECT id, a FROM narrow ORDER BY id"), parse("t", "SELECT a, b FROM narrow"), sync());
        for (String path : new String[] {"public", "\"Odd Schema\", public", "nosuch", "\"$user\", public"}) {
            talk.ask("SET search_path = " + path)
                    .ask(bind("", "s"), describePortal(""), execute("", 0), sync())
                    .ask(describeStatement("s"), sync())
                    .ask("SELECT id, a FROM narrow ORDER BY id", "SELECT id, a FROM public.narrow ORDER BY id");
        }
        talk.ask("SELECT pg_catalog.set_config('search_path', '', false)", "SELECT id FROM narrow", "SHOW search_path");
    }

    private static void role(Conversation talk) {
        String secrets = "SELECT id, secret FROM guarded ORDER BY id";
        String amounts = "SELECT id, amount FROM orders ORDER BY id LIMIT 3";
        talk.ask(parse("s", secrets), parse("a", amounts), sync()).ask(secrets, amounts);
        for (String command : new String[] {
            "SET ROLE " + OracleDatabase.READER,
            "RESET ROLE",
            "SET SESSION AUTHORIZATION " + OracleDatabase.READER,
            "SET row_security = off",
            "RESET SESSION AUTHORIZATION"
        }) {
            talk.ask(command, secrets, amounts, "SELECT count(*) FROM orders", "SELECT count(*) FROM birds")
                    .ask(bind("", "s"), execute("", 0), sync())
                    .ask(bind("", "a"), execute("", 0), sync());
        }
        Conversation reader = talk.another(talk.login().as(OracleDatabase.READER, null));
        reader.ask(secrets, amounts, "SELECT id, status FROM orders WHERE id < 4 ORDER BY id", "SELECT id FROM others");
    }

    private static void longStatements(Conversation talk) {
        StringBuilder list = new StringBuilder("0");
        for (int i = 1; i < 20_000; i++) {
            list.append(", ").append(i * 3);
        }
        String padding = "/* " + "long ".repeat(300_000) + "*/";
        talk.ask("SELECT id FROM orders WHERE id IN (" + list + ") ORDER BY id")
                .ask("SELECT length('" + "x".repeat(2_000_000) + "')")
                .ask(ROWS + padding)
                .ask("SELECT id FROM every_type WHERE c_text = '" + "y".repeat(1_000_000) + "'")
                .ask(parse("", ROWS + padding), bind("", ""), execute("", 2), sync())
                .ask(
                        parse("", "SELECT id FROM every_type WHERE c_text <> $1 ORDER BY id"),
                        bind("", "", "z".repeat(1_000_000)),
                        execute("", 0),
                        sync());
    }

    private static void timeout(Conversation talk) {
        talk.ask("SET statement_timeout = '60ms'", "SELECT pg_sleep(20)", ROWS, "RESET statement_timeout", ROWS);
    }

    private static void cancel(Conversation talk) {
        talk.ask(ROWS).send(query("SELECT pg_sleep(60)"));
        Frame answer;
        do { // a cancel that comes before the statement has no effect
            talk.client().cancel();
            answer = talk.client().poll(Duration.ofMillis(100));
        } while (isRunning(answer));
        while (answer != null && answer.is('T')) { // sent before the first row
            answer = talk.client().read();
        }
        talk.heard(Objects.requireNonNull(answer));
        talk.hear('Z').ask(ROWS);
    }

    private static boolean isRunning(@Nullable Frame answer) {
        return answer == null || answer.is('T');
    }

    private static void twoSessions(Conversation talk) {
        Conversation other = talk.another();
        talk.ask(parse("s", ROWS), sync());
        other.ask(parse("s", "SELECT 'the other one'"), sync()).ask("SET TimeZone = 'Asia/Tokyo'", TYPES);
        talk.ask(bind("", "s"), execute("", 2), sync()).ask(TYPES);
        other.ask(bind("", "s"), execute("", 2), sync()).ask("DEALLOCATE ALL");
        talk.ask(bind("", "s"), execute("", 2), sync());
    }

    private static void ownWrites(Conversation talk) {
        String scratch = "SELECT id, v FROM scratch ORDER BY id";
        talk.ask(scratch, "BEGIN", "UPDATE scratch SET v = 'changed' WHERE id = 2", scratch)
                .ask("INSERT INTO scratch VALUES (6, 'new') RETURNING id", scratch, "ROLLBACK", scratch)
                .ask(
                        "BEGIN",
                        "SAVEPOINT a",
                        "DELETE FROM scratch",
                        scratch,
                        "ROLLBACK TO a",
                        scratch,
                        "COMMIT",
                        scratch)
                .ask("INSERT INTO scratch VALUES (1, 'twice')", scratch)
                .ask("BEGIN", "WITH d AS (DELETE FROM scratch WHERE id = 1 RETURNING id) SELECT id FROM d", scratch)
                .ask("ROLLBACK", scratch);
    }

    private static void committedWrites(Conversation talk) {
        String scratch = "SELECT id, v FROM scratch ORDER BY id";
        talk.ask(scratch, "INSERT INTO scratch VALUES (7, 'seven')", scratch)
                .ask(parse("", "UPDATE scratch SET v = $1 WHERE id = 7"), bind("", "", "7"), execute("", 0), sync())
                .ask(scratch, "BEGIN; UPDATE scratch SET v = v || '!' WHERE id = 7; COMMIT", scratch)
                .ask("DELETE FROM scratch WHERE id = 7", scratch)
                .ask("INSERT INTO scratch VALUES (8, 'x'); " + scratch + "; DELETE FROM scratch WHERE id = 8; "
                        + scratch)
                .ask("DO $$ BEGIN INSERT INTO scratch VALUES (9, 'done'); END $$", scratch)
                .ask("DELETE FROM scratch WHERE id = 9", scratch);
    }

    private static void copyIn(Conversation talk) {
        String scratch = "SELECT id, v FROM scratch ORDER BY id";
        talk.ask(scratch)
                .send(query("COPY scratch FROM STDIN"))
                .hear('G')
                .ask(copyData("10\tten\n11\t"), copyData("eleven\n"), copyDone())
                .ask(scratch)
                .send(query("COPY scratch FROM STDIN"))
                .hear('G')
                .ask(copyFail("changed my mind"))
                .send(query("COPY scratch FROM STDIN"))
                .hear('G')
                .ask(copyData("not a number\tx\n"), copyDone())
                .ask("DELETE FROM scratch WHERE id > 9", scratch)
                .ask(
                        parse("", "COPY scratch FROM STDIN"),
                        bind("", ""),
                        execute("", 0),
                        copyData("12\tx\n"),
                        copyDone(),
                        sync())
                .ask("DELETE FROM scratch WHERE id > 9", scratch);
    }

    private static void temporary(Conversation talk) {
        String shadowed = "SELECT id + 0, a + 0 FROM narrow ORDER BY 1 LIMIT 3";
        talk.ask(ROWS, shadowed, "CREATE TEMP TABLE narrow (id int, a int, b text)", shadowed)
                .ask("INSERT INTO narrow VALUES (1, 2, 'three')", shadowed, "SELECT max(id), min(b) FROM narrow")
                .ask("DROP TABLE narrow", shadowed, ROWS)
                .ask(
                        "BEGIN",
                        "CREATE TEMP TABLE narrow ON COMMIT DROP AS SELECT 5 AS id, 6 AS a",
                        shadowed,
                        "COMMIT",
                        shadowed);
    }

    private static void functionNotices(Conversation talk) {
        talk.ask("SELECT shout('hello')", "DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two'; END $$", ROWS)
                .ask("SET client_min_messages = error", "SELECT shout('quietly')", "RESET client_min_messages")
                .ask(parse("", "SELECT shout($1)"), bind("", "", "extended"), execute("", 0), sync());
    }
}
