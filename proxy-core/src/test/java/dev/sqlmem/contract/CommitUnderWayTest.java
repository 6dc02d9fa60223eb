package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.SharedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From the moment a commit may be carried out until the proxy knows that it was, nobody is told the rows of before by
 * the cache: who has waited for the commit through the server reads what was committed. Other tables stay hits.
 */
class CommitUnderWayTest {
    private static final int LOCK = 4711;
    private static final String N = "SELECT n FROM t WHERE id = 1";
    private static final String OTHER = "SELECT n FROM other WHERE id = 1";
    private static final String UPDATE = "UPDATE t SET n = 7 WHERE id = 1";

    private static String database;
    private static HoldingLink link;
    private static ProxyUnderTest proxy;
    private static Client direct;
    private static Client reader;
    private Client writer;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("commits");
        SharedPostgres.execute(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, n int)",
                "CREATE TABLE other (id int PRIMARY KEY, n int)",
                "CREATE TABLE slow (id int PRIMARY KEY, n int)",
                "INSERT INTO t VALUES (1, 0); INSERT INTO other VALUES (1, 0); INSERT INTO slow VALUES (1, 0)",
                "CREATE PROCEDURE commits_and_waits() LANGUAGE plpgsql AS $$ BEGIN UPDATE t SET n = 7 WHERE id = 1; COMMIT;"
                        + " PERFORM pg_advisory_lock(" + LOCK + "); PERFORM pg_advisory_unlock(" + LOCK + "); END $$",
                "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock("
                        + LOCK + "); RETURN NEW; END $$",
                "CREATE TRIGGER wait BEFORE UPDATE ON slow FOR EACH ROW EXECUTE FUNCTION wait()");
        link = new HoldingLink(SharedPostgres.port());
        proxy = ProxyUnderTest.start(ProxyUnderTest.config(link.port(), database)
                .mode(Mode.TRANSPARENT)
                .build());
        direct = new Client(LoginRequest.to(SharedPostgres.port(), database));
        reader = new Client(LoginRequest.to(proxy.port(), database));
    }

    @AfterAll
    static void stop() {
        reader.close();
        direct.close();
        proxy.close();
        link.close();
    }

    @BeforeEach
    void fill() {
        SharedPostgres.execute(
                database,
                "SET session_replication_role = replica", // the trigger waits
                "UPDATE t SET n = 0; UPDATE other SET n = 0; UPDATE slow SET n = 0");
        writer = new Client(LoginRequest.to(proxy.port(), database).set("application_name", HoldingLink.NAME));
        reader.run("SELECT * FROM sqlmem.invalidate_all()");
        warm();
        assertThat(value(N)).isEqualTo("0");
        assertThat(writer.run(N).value()).isEqualTo("0"); // so that its settings are known before answers are held
    }

    private static void warm() {
        for (String sql : List.of(N, OTHER, "SELECT n FROM slow WHERE id = 1")) {
            Await.until("the cache answers " + sql, () -> isHit(sql));
        }
    }

    @AfterEach
    void nothingIsLeftBehind() {
        link.release();
        direct.run("SELECT pg_advisory_unlock_all()");
        reader.ask("ROLLBACK");
        writer.close();
        Await.until("no commit is under way", () -> Scene.stat(reader, "commits_under_way") == 0);
        warm();
        assertThat(value(N)).isEqualTo(direct.run(N).value());
        assertThat(value(OTHER)).isEqualTo(direct.run(OTHER).value());
    }

    private static String value(String sql) {
        return reader.run(sql).value();
    }

    private static boolean isHit(String sql) {
        long before = Scene.stat(reader, "hits");
        reader.run(sql);
        return Scene.stat(reader, "hits") == before + 1;
    }

    /** Messages that commit, and what comes before them and is answered. */
    static Stream<Arguments> commits() {
        Frame[] update = extended(UPDATE);
        Frame[] commit = extended("COMMIT");
        return Stream.of(
                Arguments.of("an autocommit write", List.of(), List.of(FrontendFrames.query(UPDATE))),
                Arguments.of("COMMIT", List.of("BEGIN", UPDATE), List.of(FrontendFrames.query("COMMIT"))),
                Arguments.of("END", List.of("BEGIN", UPDATE), List.of(FrontendFrames.query("END"))),
                Arguments.of(
                        "COMMIT AND CHAIN",
                        List.of("BEGIN", UPDATE),
                        List.of(FrontendFrames.query("COMMIT AND CHAIN"))),
                Arguments.of(
                        "a string",
                        List.of(),
                        List.of(FrontendFrames.query("BEGIN; " + UPDATE + "; COMMIT; SELECT 1"))),
                Arguments.of(
                        "a string without BEGIN", List.of(), List.of(FrontendFrames.query(UPDATE + "; NOTIFY told"))),
                Arguments.of("Sync of an implicit transaction", List.of(), frames(update)),
                Arguments.of("Execute of COMMIT", List.of("BEGIN", UPDATE), frames(commit)),
                Arguments.of("a batch of its own", List.of(), frames(extended("BEGIN"), update, commit)),
                Arguments.of(
                        "three queries sent ahead",
                        List.of(),
                        List.of(
                                FrontendFrames.query("BEGIN"),
                                FrontendFrames.query(UPDATE),
                                FrontendFrames.query("COMMIT"))),
                Arguments.of(
                        "a commit behind another batch",
                        List.of(),
                        List.of(FrontendFrames.query("SELECT 1"), FrontendFrames.query(UPDATE))),
                Arguments.of(
                        "COMMIT PREPARED", List.of("ROLLBACK"), List.of(FrontendFrames.query("COMMIT PREPARED 'p'"))),
                Arguments.of(
                        "COPY",
                        List.of("BEGIN", "DELETE FROM t", "COMMIT"),
                        List.of(
                                FrontendFrames.query("COPY t FROM STDIN"),
                                FrontendFrames.copyData("1\t7\n"),
                                FrontendFrames.copyDone())));
    }

    private static Frame[] extended(String sql) {
        return new Frame[] {FrontendFrames.parse("", sql), FrontendFrames.bind("", ""), FrontendFrames.execute("", 0)};
    }

    private static List<Frame> frames(Frame[]... parts) {
        List<Frame> frames = new ArrayList<>();
        for (Frame[] part : parts) {
            frames.addAll(List.of(part));
        }
        frames.add(FrontendFrames.sync());
        return frames;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commits")
    void nobodyReadsTheOldRowsWhileItIsUnderWay(String name, List<String> before, List<Frame> commit) {
        if (name.equals("COMMIT PREPARED")) {
            direct.run("BEGIN; " + UPDATE + "; PREPARE TRANSACTION 'p'");
        }
        before.forEach(writer::run);
        warm();
        link.hold();
        writer.raw().send(commit);
        Await.until("the server shows the new row", () -> direct.run(N).rows().equals(List.of(List.of("7"))));

        assertThat(value(N)).isEqualTo("7");
        assertThat(isHit(N)).isFalse();
        assertThat(value(N)).isEqualTo("7");
        assertThat(isHit(OTHER)).isEqualTo(!name.equals("COMMIT PREPARED"));
        assertThat(reader.run("SELECT value FROM sqlmem.explain('" + N + "')").rows())
                .contains(List.of("a write to it is being committed"));
        link.release();
        long ends =
                commit.stream().filter(frame -> frame.is('Q') || frame.is('S')).count();
        writer.raw().readUntilReady((int) ends);
        assertThat(Scene.stat(reader, "commits_under_way")).isZero();
        writer.run("ROLLBACK");
    }

    @Test
    void whoWaitedForALockOfAStringReadsWhatItCommitted() {
        direct.run("SELECT pg_advisory_lock(" + LOCK + ")");
        writer.raw()
                .send(FrontendFrames.query("BEGIN; SELECT pg_advisory_xact_lock(1); " + UPDATE + "; COMMIT;"
                        + " SELECT pg_advisory_lock(" + LOCK + ")"));
        awaitWaiting();
        reader.run("BEGIN");
        reader.run("SELECT pg_advisory_xact_lock(1)");

        assertThat(value(N)).isEqualTo("7");
        reader.run("COMMIT");
        assertThat(isHit(OTHER)).isTrue();
    }

    @Test
    void whoWaitedForAProcedureReadsWhatItCommitted() {
        direct.run("SELECT pg_advisory_lock(" + LOCK + ")");
        writer.raw().send(FrontendFrames.query("CALL commits_and_waits()"));
        awaitWaiting();

        assertThat(value(N)).isEqualTo("7");
        assertThat(isHit(OTHER)).isFalse();
    }

    @Test
    void whoIsToldByNotifyReadsWhatWasCommitted() {
        reader.run("LISTEN told");
        link.hold();
        writer.raw().send(FrontendFrames.query(UPDATE + "; NOTIFY told"));
        reader.raw().readUntil('A');

        assertThat(value(N)).isEqualTo("7");
        reader.run("UNLISTEN told");
    }

    @Test
    void whoWaitedForARowReadsWhatWasCommitted() {
        link.hold();
        writer.raw().send(FrontendFrames.query(UPDATE));
        Await.until("the server shows the new row", () -> direct.run(N).value().equals("7"));
        reader.run("BEGIN");
        reader.run("SELECT id FROM t WHERE id = 1 FOR UPDATE");

        assertThat(value(N)).isEqualTo("7");
        reader.run("COMMIT");
    }

    private static void awaitWaiting() {
        Await.untilServerSays("EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = '"
                + database + "' AND locktype = 'advisory' AND NOT granted)");
    }

    /** What is not yet to be committed is nobody's business. */
    @Test
    void anOpenBlockLeavesOthersTheirHits() {
        writer.run("BEGIN");
        writer.run(UPDATE);

        assertThat(isHit(N)).isTrue();
        assertThat(value(N)).isEqualTo("0");
        assertThat(Scene.stat(reader, "commits_under_way")).isZero();
        writer.run("ROLLBACK");
        assertThat(isHit(N)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOCK TABLE t",
                "LOCK t IN ACCESS EXCLUSIVE MODE",
                "TRUNCATE t",
                "ALTER TABLE t ADD COLUMN more int",
                "DROP TABLE t"
            })
    void whatIsLockedAgainstReadersIsTheServersUntilTheBlockEnds(String sql) {
        writer.run("BEGIN");
        writer.run(sql);
        reader.run("SET statement_timeout = '300ms'");
        assertThat(reader.ask(N).sqlState()).isEqualTo("57014");
        reader.run("SET statement_timeout = 0");
        assertThat(isHit(OTHER)).isTrue();
        long loads = Scene.stat(reader, "loads");
        writer.run("ROLLBACK");
        assertThat(value(N)).isEqualTo("0");
        assertThat(Scene.stat(reader, "commits_under_way")).isZero();
        assertThat(Scene.stat(reader, "loads")).isBetween(loads, loads + 1);
    }

    @Test
    void aLockThatLetsReadersPassLeavesTheirHits() {
        writer.run("BEGIN");
        writer.run("LOCK TABLE t IN EXCLUSIVE MODE");
        assertThat(isHit(N)).isTrue();
        writer.run("COMMIT");
    }

    @Test
    void aClientThatGoesAwayLeavesNoLockBehind() {
        writer.run("BEGIN");
        writer.run("LOCK TABLE t");
        assertThat(Scene.stat(reader, "commits_under_way")).isEqualTo(1);
        writer.close();
        Await.until("the lock is gone", () -> Scene.stat(reader, "commits_under_way") == 0);
        assertThat(value(N)).isEqualTo("0");
    }

    @Test
    void whatWasRolledBackKeepsTheTable() {
        long loads = Scene.stat(reader, "loads");
        assertThat(writer.ask("UPDATE t SET n = 1 / (id - 1)").failed()).isTrue();
        writer.run("BEGIN");
        writer.run(UPDATE);
        writer.run("ROLLBACK");
        assertThat(writer.ask("BEGIN; UPDATE t SET n = 1 / (id - 1)").failed()).isTrue();
        writer.run("ROLLBACK");

        assertThat(isHit(OTHER)).isTrue();
        assertThat(Scene.stat(reader, "commits_under_way")).isZero();
        assertThat(Scene.stat(reader, "loads")).isLessThanOrEqualTo(loads + 3);
    }

    /** A load that begins while the commit is under way may have read the rows of before. */
    @Test
    void aLoadDoesNotOutliveTheCommit() {
        reader.run("SELECT * FROM sqlmem.invalidate_all()");
        direct.run("SELECT pg_advisory_lock(" + LOCK + ")");
        writer.raw().send(FrontendFrames.query("UPDATE slow SET n = 7"));
        awaitWaiting();
        String slow = "SELECT n FROM slow WHERE id = 1";
        reader.run("SELECT * FROM sqlmem.refresh('slow')");
        assertThat(value(slow)).isEqualTo("0");
        link.hold();
        direct.run("SELECT pg_advisory_unlock(" + LOCK + ")");
        Await.until(
                "the server shows the new row", () -> direct.run(slow).value().equals("7"));
        assertThat(value(slow)).isEqualTo("7");
        link.release();
        writer.raw().readUntilReady();
        assertThat(value(slow)).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE slow SET n = 7", "BEGIN; UPDATE slow SET n = 7; COMMIT"})
    void whatIsLostDuringItsCommitStaysWithTheServerUntilItsSessionHasEnded(String sql) {
        String slow = "SELECT n FROM slow WHERE id = 1";
        direct.run("SELECT pg_advisory_lock(" + LOCK + ")");
        writer.raw().send(FrontendFrames.query(sql));
        awaitWaiting();
        link.cutProxySide();
        Await.until("the writer has ended", () -> Scene.stat(reader, "sessions") == 1);
        assertThat(value(slow)).isEqualTo("0");
        assertThat(isHit(slow)).isFalse();
        assertThat(isHit(N)).isTrue();
        direct.run("SELECT pg_advisory_unlock(" + LOCK + ")");
        Await.until(
                "the server shows the new row", () -> direct.run(slow).value().equals("7"));
        assertThat(value(slow)).isEqualTo("7");
        assertThat(isHit(slow)).isFalse();
        link.endServerSide();
        Await.until("the cache answers again", () -> isHit(slow));
        assertThat(value(slow)).isEqualTo("7");
    }

    /** Neither a COPY into another table nor an empty query ends the block. */
    @Test
    void whatLeavesTheBlockOpenLeavesOthersTheirHits() {
        writer.run("BEGIN");
        writer.run(UPDATE);
        link.hold();
        writer.raw().send(FrontendFrames.query("COPY other FROM STDIN"), FrontendFrames.copyDone());
        assertThat(isHit(N)).isTrue();
        link.release();
        writer.raw().readUntilReady();
        link.hold();
        writer.raw().send(FrontendFrames.query(";"));
        assertThat(isHit(N)).isTrue();
        assertThat(Scene.stat(reader, "commits_under_way")).isZero();
        link.release();
        writer.raw().readUntilReady();
        writer.run("ROLLBACK");
        assertThat(isHit(N)).isTrue();
    }

    /** The server still reads the client's rows: nothing can be committed before their end. */
    @Test
    void copyLeavesOthersTheirHitsUntilItsEnd() {
        writer.raw().send(FrontendFrames.query("COPY t FROM STDIN"));
        writer.raw().readUntil('G');
        writer.raw().send(FrontendFrames.copyData("2\t2\n"));
        assertThat(isHit(N)).isTrue();
        writer.raw().send(FrontendFrames.copyFail("enough"));
        assertThat(new Reply(writer.raw().readUntilReady()).failed()).isTrue();
        assertThat(isHit(N)).isTrue();
    }

    @Test
    void failedBatchesLeaveNothingBehind() {
        writer.raw().send(frames(extended(UPDATE), extended("SELECT 1 / 0"), extended("COMMIT")));
        assertThat(new Reply(writer.raw().readUntilReady()).failed()).isTrue();
        writer.raw().send(frames(extended("BEGIN"), extended(UPDATE)));
        writer.raw().readUntilReady();
        assertThat(isHit(N)).isFalse(); // the first batch had carried out something
        assertThat(Scene.stat(reader, "commits_under_way")).isZero();
        warm();
        writer.raw().send(frames(extended("SELECT 1 / 0"), extended("COMMIT")));
        assertThat(new Reply(writer.raw().readUntilReady()).status()).isEqualTo('E');
        assertThat(Scene.stat(reader, "commits_under_way")).isZero();
        writer.run("ROLLBACK");
        assertThat(value(N)).isEqualTo("0");
    }

    @Test
    void aTerminatedSessionLeavesNothingBehind() {
        String pid = writer.run("SELECT pg_backend_pid()").value();
        direct.run("SELECT pg_advisory_lock(" + LOCK + ")");
        writer.raw().send(FrontendFrames.query("BEGIN; UPDATE slow SET n = 7; COMMIT"));
        awaitWaiting();
        assertThat(Scene.stat(reader, "commits_under_way")).isEqualTo(1);
        direct.run("SELECT pg_terminate_backend(" + pid + ")");
        Await.until("no commit is under way", () -> Scene.stat(reader, "commits_under_way") == 0);
        assertThat(value("SELECT n FROM slow WHERE id = 1")).isEqualTo("0");
    }

    @Test
    void canceledWritesLeaveNothingBehind() {
        direct.run("SELECT pg_advisory_lock(" + LOCK + ")");
        writer.raw().send(FrontendFrames.query("UPDATE slow SET n = 7"));
        awaitWaiting();
        assertThat(Scene.stat(reader, "commits_under_way")).isEqualTo(1);
        writer.raw().cancel();
        assertThat(new Reply(writer.raw().readUntilReady()).sqlState()).isEqualTo("57014");
        assertThat(Scene.stat(reader, "commits_under_way")).isZero();
        assertThat(isHit("SELECT n FROM slow WHERE id = 1")).isTrue();
    }
}
