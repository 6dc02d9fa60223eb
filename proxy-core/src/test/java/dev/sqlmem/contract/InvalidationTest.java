package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrontendFrames;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a commit through the proxy every session's next answer is the server's, and other tables stay cached. */
class InvalidationTest {
    private static final List<String> TABLES = List.of(
            "plain",
            "other",
            "parent",
            "child_cascade",
            "child_null",
            "parted",
            "part_1",
            "heir",
            "elder",
            "touched",
            "logged",
            "log",
            "ruled");

    private static Scene scene;
    private static Client writer;
    private static Client reader;
    private static Client direct;

    @BeforeAll
    static void start() {
        scene = Scene.transparent(
                "invalidation",
                "CREATE TABLE plain (id int PRIMARY KEY, v int)",
                "CREATE TABLE other (id int PRIMARY KEY, v int)",
                "CREATE TABLE parent (id int PRIMARY KEY, v int)",
                "CREATE TABLE child_cascade (id int REFERENCES parent ON DELETE CASCADE ON UPDATE CASCADE, v int)",
                "CREATE TABLE child_null (id int REFERENCES parent ON DELETE SET NULL ON UPDATE CASCADE, v int)",
                "CREATE TABLE parted (id int, v int) PARTITION BY RANGE (id)",
                "CREATE TABLE part_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE part_2 PARTITION OF parted FOR VALUES FROM (10) TO (20)",
                "CREATE TABLE elder (id int, v int)",
                "CREATE TABLE heir () INHERITS (elder)",
                "CREATE TABLE touched (id int PRIMARY KEY, v int, changed_at timestamptz)",
                "CREATE TABLE log (id int, v int)",
                "CREATE TABLE logged (id int PRIMARY KEY, v int)",
                "CREATE TABLE ruled (id int, v int)",
                "CREATE RULE also AS ON INSERT TO ruled DO ALSO UPDATE other SET v = v + 1",
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN IF NEW.v > 1000 THEN RAISE EXCEPTION ''too much''; END IF;"
                        + " NEW.changed_at = clock_timestamp(); RETURN NEW; END'",
                "CREATE TRIGGER touch BEFORE UPDATE ON touched FOR EACH ROW EXECUTE FUNCTION touch()",
                "CREATE FUNCTION keep_log() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN INSERT INTO log VALUES (NEW.id, NEW.v); RETURN NEW; END'",
                "CREATE TRIGGER keep AFTER INSERT OR UPDATE ON logged FOR EACH ROW EXECUTE FUNCTION keep_log()",
                "CREATE FUNCTION raise_all() RETURNS int LANGUAGE sql AS" + " 'UPDATE plain SET v = v + 1; SELECT 1'",
                "CREATE FUNCTION raise_stealthily() RETURNS int STABLE LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM raise_all(); RETURN 1; END'",
                "CREATE FUNCTION raise_dynamically() RETURNS int LANGUAGE plpgsql AS"
                        + " $$BEGIN EXECUTE 'UP' || 'DATE plain SET v = v + 1'; RETURN 1; END$$",
                "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 2 * n; END'",
                "CREATE FUNCTION fickle(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN n; END'",
                "CREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT sum(twice(v)) FROM plain'",
                "CREATE FUNCTION open_cursor() RETURNS refcursor LANGUAGE plpgsql AS"
                        + " 'DECLARE c refcursor := ''named''; BEGIN OPEN c FOR SELECT id, v FROM plain; RETURN c; END'",
                "CREATE PROCEDURE raise_and_commit() LANGUAGE plpgsql AS"
                        + " 'BEGIN UPDATE plain SET v = v + 1; COMMIT; UPDATE plain SET v = v + 1; END'",
                "CREATE SEQUENCE numbers");
        writer = scene.client();
        reader = scene.client();
        direct = scene.direct();
    }

    @AfterAll
    static void stop() {
        direct.close();
        reader.close();
        writer.close();
        scene.close();
    }

    /** Every table holds some rows and is cached. */
    @BeforeEach
    void fill() {
        writer.ask("ROLLBACK");
        scene.behindTheProxy(
                "SET lock_timeout = '5s'",
                "DELETE FROM ruled; DELETE FROM logged; DELETE FROM log; DELETE FROM touched; DELETE FROM elder",
                "DELETE FROM parted; DELETE FROM child_cascade; DELETE FROM child_null; DELETE FROM parent",
                "DELETE FROM other; DELETE FROM plain",
                "INSERT INTO plain SELECT i, i FROM generate_series(1, 5) i",
                "INSERT INTO other SELECT i, i FROM generate_series(1, 5) i",
                "INSERT INTO parent SELECT i, i FROM generate_series(1, 5) i",
                "INSERT INTO child_cascade SELECT i, i FROM generate_series(1, 5) i",
                "INSERT INTO child_null SELECT i, i FROM generate_series(1, 5) i",
                "INSERT INTO parted SELECT i, i FROM generate_series(1, 15) i",
                "INSERT INTO elder SELECT i, i FROM generate_series(1, 5) i",
                "INSERT INTO heir SELECT i, i FROM generate_series(6, 9) i",
                "INSERT INTO touched SELECT i, i FROM generate_series(1, 5) i",
                "INSERT INTO logged SELECT i, i FROM generate_series(1, 5) i");
        reader.run("SELECT * FROM sqlmem.invalidate_all()");
        warm();
    }

    private static void warm() {
        TABLES.forEach(table -> scene.warm(reader, probe(table)));
    }

    private static String probe(String table) {
        return "SELECT id, v FROM " + table;
    }

    /** What the server has is what both sessions are told. */
    private static void assertNothingIsStale() {
        for (String table : TABLES) {
            List<List<String>> truth = sorted(direct.run(probe(table)));
            assertThat(sorted(reader.run(probe(table)))).as(table).isEqualTo(truth);
            assertThat(sorted(writer.run(probe(table)))).as(table).isEqualTo(truth);
        }
    }

    private static List<List<String>> sorted(Reply reply) {
        return reply.rows().stream()
                .sorted((left, right) -> left.toString().compareTo(right.toString()))
                .toList();
    }

    private static boolean isCached(String table) {
        return reader.run("SELECT name FROM sqlmem.tables WHERE state = 'ready' AND name = '" + table + "'")
                        .rows()
                        .size()
                == 1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO plain VALUES (6, 6)",
                "INSERT INTO plain VALUES (1, 7) ON CONFLICT (id) DO UPDATE SET v = excluded.v RETURNING v",
                "UPDATE plain SET v = v + 1",
                "DELETE FROM plain USING other WHERE plain.id = other.id AND other.v > 3",
                "TRUNCATE plain",
                "MERGE INTO plain p USING other o ON p.id = o.id WHEN MATCHED THEN UPDATE SET v = o.v + 100",
                "WITH gone AS (DELETE FROM plain WHERE id < 3 RETURNING id) SELECT count(*) FROM gone",
                "WITH w AS (UPDATE parent SET v = 9 RETURNING id) INSERT INTO plain SELECT id + 10, 1 FROM w",
                "EXPLAIN ANALYZE UPDATE plain SET v = 0",
                "DELETE FROM parent WHERE id = 1",
                "UPDATE parent SET id = id + 100",
                "TRUNCATE parent CASCADE",
                "UPDATE parted SET v = v + 1 WHERE id = 5",
                "UPDATE parted SET id = id + 9, v = 0 WHERE id = 5",
                "INSERT INTO part_1 VALUES (3, 33)",
                "TRUNCATE part_1",
                "UPDATE elder SET v = 0",
                "UPDATE heir SET v = 0",
                "UPDATE touched SET v = v + 1",
                "UPDATE logged SET v = v + 1",
                "INSERT INTO ruled VALUES (1, 1)",
                "SELECT raise_all()",
                "SELECT raise_stealthily()",
                "SELECT raise_dynamically()",
                "SELECT twice(v) FROM other WHERE raise_all() = 1 LIMIT 1",
                "DO 'BEGIN UPDATE plain SET v = 0; END'",
                "CALL raise_and_commit()",
                "BEGIN; UPDATE plain SET v = 0; COMMIT",
                "BEGIN; UPDATE plain SET v = 0; ROLLBACK; UPDATE other SET v = 0",
                "BEGIN; UPDATE plain SET v = 0; COMMIT; BEGIN; UPDATE other SET v = 0; ROLLBACK",
                "BEGIN; UPDATE plain SET v = 0; SAVEPOINT s; UPDATE other SET v = 0; ROLLBACK TO s; COMMIT",
                "UPDATE plain SET v = 0; UPDATE other SET v = 0",
                "PREPARE p AS UPDATE plain SET v = v + 1; EXECUTE p; DEALLOCATE p",
                "ALTER TABLE plain ALTER COLUMN v TYPE int USING v + 1",
                "SELECT nextval('numbers'); UPDATE plain SET v = 0"
            })
    void whatAStatementHasChangedIsSeen(String sql) {
        Reply reply = writer.ask(sql);
        assertThat(reply.message()).isEmpty();
        assertNothingIsStale();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE plain SET v = v + 1",
                "SELECT raise_all()",
                "DELETE FROM parent WHERE id = 1",
                "UPDATE logged SET v = v + 1"
            })
    void theSameByTheExtendedProtocol(String sql) {
        assertThat(writer.extended(sql).message()).isEmpty();
        assertNothingIsStale();
        writer.frames(
                FrontendFrames.parse("named", sql),
                FrontendFrames.bind("", "named"),
                FrontendFrames.execute("", 0),
                FrontendFrames.sync());
        assertNothingIsStale();
        warm();
        writer.frames(
                FrontendFrames.bind("", "named"),
                FrontendFrames.execute("", 0),
                FrontendFrames.closeStatement("named"),
                FrontendFrames.sync());
        assertNothingIsStale();
    }

    @Test
    void aCopyIsSeen() {
        writer.raw().send(FrontendFrames.query("COPY plain FROM STDIN"));
        writer.raw().send(FrontendFrames.copyData("77\t1\n"), FrontendFrames.copyDone());
        writer.raw().readUntilReady();
        assertNothingIsStale();
    }

    @Test
    void aBlockThatGoesOnAfterItsCommitHidesNothing() {
        writer.run("BEGIN");
        writer.run("UPDATE plain SET v = 0");
        assertThat(reader.run("SELECT v FROM plain WHERE id = 3").value()).isEqualTo("3");
        writer.run("COMMIT AND CHAIN");
        assertThat(reader.run("SELECT v FROM plain WHERE id = 3").value()).isEqualTo("0");
        scene.warm(reader, probe("plain"));
        writer.run("UPDATE plain SET v = 1");
        assertThat(reader.run("SELECT v FROM plain WHERE id = 3").value()).isEqualTo("0");
        writer.run("COMMIT; BEGIN; SELECT 1");
        assertThat(reader.run("SELECT v FROM plain WHERE id = 3").value()).isEqualTo("1");
        writer.run("UPDATE other SET v = 5; COMMIT AND CHAIN; UPDATE plain SET v = 2");
        assertThat(reader.run("SELECT v FROM other WHERE id = 3").value()).isEqualTo("5");
        scene.warm(reader, probe("plain"));
        writer.run("COMMIT");
        assertNothingIsStale();
    }

    @Test
    void aSessionReadsItsOwnWritesAndOthersDoNotYet() {
        writer.run("BEGIN");
        writer.run("UPDATE plain SET v = 0 WHERE id = 3");
        assertThat(writer.run("SELECT v FROM plain WHERE id = 3").value()).isEqualTo("0");
        assertThat(isCached("plain")).isTrue();
        assertThat(reader.run("SELECT v FROM plain WHERE id = 3").value()).isEqualTo("3");
        writer.run("COMMIT");
        assertThat(writer.run("SELECT v FROM plain WHERE id = 3").value()).isEqualTo("0");
        assertThat(reader.run("SELECT v FROM plain WHERE id = 3").value()).isEqualTo("0");
    }

    @Test
    void whatIsSentAheadIsNotForgotten() {
        for (int i = 0; i < 20; i++) {
            scene.warm(reader, probe("other"));
            writer.raw()
                    .send(
                            FrontendFrames.query("UPDATE plain SET v = v + 1"),
                            FrontendFrames.query("BEGIN; UPDATE plain SET v = v + 1"),
                            FrontendFrames.query("ROLLBACK"),
                            FrontendFrames.query("UPDATE other SET v = v + 1"),
                            FrontendFrames.query("BEGIN; UPDATE other SET v = v + 1; COMMIT AND CHAIN"),
                            FrontendFrames.query("COMMIT"),
                            FrontendFrames.query("UPDATE parent SET v = v + 1"));
            writer.raw().readUntilReady(7);
            assertNothingIsStale();
        }
    }

    @Test
    void theEndOfATwoPhaseCommitIsSeen() {
        writer.run("BEGIN");
        writer.run("UPDATE plain SET v = 0");
        writer.run("PREPARE TRANSACTION 'x'");
        assertNothingIsStale();
        warm();
        scene.behindTheProxy("UPDATE other SET v = 0");
        writer.run("COMMIT PREPARED 'x'");
        assertThat(isCached("other")).isFalse();
        assertNothingIsStale();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN; UPDATE plain SET v = 0; ROLLBACK",
                "UPDATE plain SET id = 1",
                "INSERT INTO plain VALUES (1, 1)",
                "UPDATE touched SET v = 2000",
                "DELETE FROM plain WHERE v / 0 = 1"
            })
    void whatIsRolledBackStaysCached(String sql) {
        writer.ask(sql);
        if (sql.startsWith("BEGIN")) { // one message is taken for what it may be; statement by statement it is known
            warm();
            for (String statement : sql.split("; ", -1)) {
                writer.run(statement);
            }
        }
        for (String table : TABLES) {
            assertThat(isCached(table)).as(table).isTrue();
        }
        assertNothingIsStale();
    }

    @Test
    void aFailedBlockStaysCachedHoweverItEnds() {
        for (String end : List.of("ROLLBACK", "COMMIT", "ABORT")) {
            writer.run("BEGIN");
            writer.run("UPDATE plain SET v = 0");
            writer.ask("SELECT 1 / 0");
            writer.run(end);
            assertThat(isCached("plain")).as(end).isTrue();
        }
        writer.run("BEGIN");
        writer.run("UPDATE plain SET v = 0");
        writer.run("SAVEPOINT s");
        writer.ask("SELECT 1 / 0");
        writer.run("ROLLBACK TO s");
        writer.run("COMMIT");
        assertNothingIsStale();
        assertThat(reader.run("SELECT v FROM plain WHERE id = 3").value()).isEqualTo("0");
    }

    /** What applications do all day, none of which changes a row of the other tables. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT nextval('numbers')",
                "SELECT setval('numbers', 5)",
                "SELECT id, v FROM plain WHERE id = 1 FOR UPDATE",
                "SELECT id FROM plain FOR NO KEY UPDATE SKIP LOCKED",
                "SELECT twice(21)",
                "SELECT total()",
                "SELECT twice(v) FROM other WHERE twice(v) > 3",
                "SELECT pg_advisory_lock(1), pg_advisory_unlock(1)",
                "SELECT no_such_function(1)",
                "BEGIN; DECLARE c CURSOR FOR SELECT id, v FROM plain; FETCH 2 FROM c; MOVE 1 IN c; CLOSE c; COMMIT",
                "BEGIN; SELECT open_cursor(); FETCH ALL FROM named; COMMIT",
                "INSERT INTO log VALUES (twice(1), 1)",
                "SELECT * FROM plain p JOIN other o ON p.id = o.id",
                "SAVEPOINT s",
                "SET application_name = 'x'",
                "UPDATE touched SET v = v + 1"
            })
    void ordinaryTrafficLeavesTheCacheAlone(String sql) {
        writer.ask(sql);
        writer.ask(sql);
        for (String table : TABLES) {
            boolean written = sql.startsWith("UPDATE " + table) || sql.startsWith("INSERT INTO " + table);
            assertThat(isCached(table)).as(table).isEqualTo(!written);
        }
        assertNothingIsStale();
    }

    /** A session that only writes is asked for its search path, lest each of its writes empty the cache. */
    @Test
    void aSessionThatOnlyWritesTakesOutOnlyWhatItWrites() {
        try (Client fresh = scene.client()) {
            fresh.run("SELECT raise_all()");
            warm();
            fresh.run("INSERT INTO log VALUES (1, 1)");
            assertThat(isCached("log")).isFalse();
            assertThat(isCached("plain")).isTrue();
            fresh.run("SELECT raise_all()");
            warm();
            fresh.extended("INSERT INTO log VALUES ($1, 2)", 2);
            assertThat(isCached("log")).isFalse();
            assertThat(isCached("plain")).isTrue();
            fresh.frames(FrontendFrames.parse("insert", "INSERT INTO log VALUES (3, 3)"), FrontendFrames.sync());
            fresh.run("SELECT raise_all()");
            warm();
            fresh.frames(FrontendFrames.bind("", "insert"), FrontendFrames.execute("", 0), FrontendFrames.sync());
            assertThat(isCached("log")).isFalse();
            assertThat(isCached("plain")).isTrue();
        }
        assertNothingIsStale();
    }

    @Test
    void aPortalThatWritesIsSeenWhenItIsFetchedFromBySql() {
        Frame[] frames = {
            FrontendFrames.parse("", "INSERT INTO plain VALUES (60, 60), (61, 61) RETURNING id"),
            FrontendFrames.bind("writing", ""),
            FrontendFrames.parse("", "FETCH 1 FROM writing"),
            FrontendFrames.bind("", ""),
            FrontendFrames.execute("", 0),
            FrontendFrames.sync()
        };
        writer.frames(frames);
        assertNothingIsStale();
    }

    @Test
    void aFunctionThatIsReplacedElsewhereIsNotTrustedForLong() {
        writer.run("SELECT fickle(1)");
        assertThat(isCached("plain")).isTrue();
        scene.behindTheProxy("CREATE OR REPLACE FUNCTION fickle(n int) RETURNS int LANGUAGE plpgsql AS"
                + " 'BEGIN UPDATE plain SET v = -n; RETURN n; END'");
        writer.run("SELECT fickle(1)");
        Await.until(
                "the change is noticed",
                () -> reader.run("SELECT v FROM plain WHERE id = 3").value().equals("-1"));
        warm();
        writer.run("SELECT fickle(2)");
        assertNothingIsStale();
    }
}
