package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrontendFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions in transparent mode: which of them the cache may answer, and when a write counts for whom. */
class TransactionTruthTest {
    private static final String BALANCE = "SELECT balance FROM account WHERE id = 1";
    private static final String ALL = "SELECT id, balance FROM account ORDER BY id";

    private static Scene scene;
    private Client writer;
    private Client reader;

    @BeforeAll
    static void start() {
        scene = Scene.transparent(
                "transactions",
                "CREATE TABLE account (id int PRIMARY KEY, balance int)",
                "CREATE TABLE detail (id int REFERENCES account ON DELETE CASCADE ON UPDATE CASCADE, n int)",
                "CREATE TABLE source (id int, balance int)",
                "INSERT INTO source VALUES (1, 77)",
                "CREATE TABLE logged (id int)",
                "CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN UPDATE account SET balance = -1 WHERE id = NEW.id; RETURN NEW; END $$",
                "CREATE TRIGGER log AFTER INSERT ON logged FOR EACH ROW EXECUTE FUNCTION log()",
                "CREATE VIEW shown AS SELECT id, balance FROM account",
                "CREATE FUNCTION deposit() RETURNS int LANGUAGE sql AS"
                        + " 'UPDATE account SET balance = balance + 1 WHERE id = 1 RETURNING balance'",
                "CREATE PROCEDURE deposit_all() LANGUAGE plpgsql AS"
                        + " $$ BEGIN UPDATE account SET balance = balance + 1; COMMIT;"
                        + " UPDATE account SET balance = balance + 1; END $$",
                "CREATE TABLE ruled (id int)",
                "CREATE RULE r AS ON INSERT TO ruled DO INSTEAD UPDATE account SET balance = 55 WHERE id = NEW.id",
                "CREATE TABLE parent (id int, balance int)",
                "CREATE TABLE child () INHERITS (parent)",
                "INSERT INTO child VALUES (1, 1)",
                "CREATE TABLE parted (id int, balance int) PARTITION BY LIST (id)",
                "CREATE TABLE part PARTITION OF parted FOR VALUES IN (1)",
                "INSERT INTO parted VALUES (1, 1)");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void connect() {
        writer = scene.client();
        reader = scene.client();
        writer.run("DELETE FROM account");
        writer.run("INSERT INTO account VALUES (1, 100), (2, 200)");
        writer.run("INSERT INTO detail VALUES (1, 1), (2, 2)");
        scene.warm(reader, BALANCE);
        scene.warm(reader, ALL);
    }

    @AfterEach
    void disconnect() {
        writer.close();
        reader.close();
    }

    @Test
    void servesInReadCommittedBlocks() {
        for (String begin : List.of(
                "BEGIN",
                "START TRANSACTION",
                "BEGIN ISOLATION LEVEL READ COMMITTED",
                "BEGIN READ ONLY",
                "BEGIN; SAVEPOINT s")) {
            reader.run(begin);
            assertThat(reader.run(BALANCE).status()).isEqualTo('T');
            if (!begin.contains("ISOLATION")) {
                scene.warm(reader, BALANCE);
                scene.warm(reader, ALL);
            }
            reader.run("COMMIT");
            scene.warm(reader, BALANCE);
        }
    }

    /** Such a block sees the database as it was at its first statement, which no cache knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN ISOLATION LEVEL REPEATABLE READ",
                "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE",
                "BEGIN; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                "BEGIN; SET transaction_isolation = 'serializable'",
                "SET default_transaction_isolation = 'repeatable read'; BEGIN",
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE; BEGIN",
            })
    void relaysInBlocksWithASnapshot(String begin) {
        for (String command : begin.split("; ", -1)) {
            reader.run(command);
        }
        assertThat(reader.run(BALANCE).value()).isEqualTo("100");
        writer.run("UPDATE account SET balance = 101 WHERE id = 1");
        assertThat(writer.run(BALANCE).value()).isEqualTo("101");
        assertThat(scene.isHit(reader, BALANCE)).isFalse();
        assertThat(reader.run(BALANCE).value()).isEqualTo("100");
        assertThat(reader.run(ALL).rows()).contains(List.of("1", "100"));
        assertThat(Scene.explain(reader, BALANCE)).anyMatch(row -> row.startsWith("reason: the transaction"));
        reader.run("COMMIT");
        assertThat(reader.run(BALANCE).value()).isEqualTo("101");
    }

    @Test
    void answersNothingInAFailedBlock() {
        reader.run("BEGIN");
        reader.run(BALANCE);
        assertThat(reader.ask("SELECT nonsense").status()).isEqualTo('E');
        assertThat(reader.ask(BALANCE).sqlState()).isEqualTo("25P02");
        assertThat(reader.extended(BALANCE).sqlState()).isEqualTo("25P02");
        assertThat(reader.run("COMMIT").tag()).isEqualTo("ROLLBACK");
        scene.warm(reader, BALANCE);
    }

    @Test
    void fallsBackToSavepoints() {
        reader.run("BEGIN");
        reader.run("SAVEPOINT s");
        reader.ask("SELECT 1/0");
        assertThat(reader.ask(BALANCE).sqlState()).isEqualTo("25P02");
        reader.run("ROLLBACK TO s");
        assertThat(reader.run(BALANCE).value()).isEqualTo("100");
        reader.run("COMMIT");
    }

    @Test
    void showsABlockItsOwnWritesAndOthersOnlyCommittedOnes() {
        writer.run("BEGIN");
        scene.warm(writer, BALANCE);
        writer.run("UPDATE account SET balance = 42 WHERE id = 1");
        assertThat(writer.run(BALANCE).value()).isEqualTo("42");
        assertThat(writer.extended("SELECT balance FROM account WHERE id = $1", 1)
                        .value())
                .isEqualTo("42");
        assertThat(reader.run(BALANCE).value()).isEqualTo("100");
        assertThat(Scene.explain(writer, BALANCE)).contains("reason: the transaction has written");
        writer.run("COMMIT");
        assertThat(reader.run(BALANCE).value()).isEqualTo("42");
        assertThat(writer.run(BALANCE).value()).isEqualTo("42");
        scene.warm(reader, BALANCE);
        assertThat(reader.run(BALANCE).value()).isEqualTo("42");
    }

    @Test
    void forgetsWhatIsRolledBack() {
        writer.run("BEGIN");
        writer.run("DELETE FROM account");
        assertThat(writer.run(ALL).rows()).isEmpty();
        assertThat(reader.run(ALL).rows()).hasSize(2);
        writer.run("ROLLBACK");
        assertThat(writer.run(ALL).rows()).hasSize(2);
        assertThat(reader.run(ALL).rows()).hasSize(2);
        writer.run("BEGIN");
        writer.run("SAVEPOINT s");
        writer.run("UPDATE account SET balance = 0");
        writer.run("ROLLBACK TO s");
        assertThat(writer.run(BALANCE).value()).isEqualTo("100");
        writer.run("COMMIT");
        assertThat(reader.run(BALANCE).value()).isEqualTo("100");
    }

    /** Each write, committed by one connection, is what another one reads next. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE account SET balance = 1",
                "INSERT INTO account VALUES (3, 3)",
                "INSERT INTO account VALUES (1, 9) ON CONFLICT (id) DO UPDATE SET balance = EXCLUDED.balance",
                "DELETE FROM account WHERE id = 2",
                "DELETE FROM public.account",
                "MERGE INTO account a USING source s ON a.id = s.id WHEN MATCHED THEN UPDATE SET balance = s.balance",
                "TRUNCATE account CASCADE",
                "TRUNCATE TABLE ONLY detail, account",
                "WITH w AS (UPDATE account SET balance = 7 RETURNING id) SELECT count(*) FROM w",
                "WITH w AS (DELETE FROM account WHERE id = 1 RETURNING id) INSERT INTO source SELECT id FROM w",
                "UPDATE shown SET balance = 8 WHERE id = 1",
                "INSERT INTO logged VALUES (1)",
                "INSERT INTO ruled VALUES (1)",
                "SELECT deposit()",
                "CALL deposit_all()",
                "DO $$ BEGIN UPDATE account SET balance = 12; END $$",
                "PREPARE p AS UPDATE account SET balance = 13",
                "EXECUTE p",
                "EXPLAIN ANALYZE UPDATE account SET balance = 14",
                "SELECT 1; UPDATE account SET balance = 15; SELECT 2",
                "BEGIN; UPDATE account SET balance = 16; COMMIT",
                "BEGIN; UPDATE account SET balance = 17; COMMIT AND CHAIN; ROLLBACK",
                "DROP TABLE IF EXISTS other; CREATE TABLE other AS SELECT 1 AS x; DELETE FROM account WHERE id = 1",
                "ALTER TABLE account RENAME TO moved; UPDATE moved SET balance = 18; ALTER TABLE moved RENAME TO account",
                "COPY account TO STDOUT",
                "ANALYZE account"
            })
    void countsAWriteForOthersAtItsCommit(String sql) {
        if (sql.equals("EXECUTE p")) {
            writer.run("PREPARE p AS UPDATE account SET balance = 13");
        }
        writer.run(sql);
        try (Client direct = scene.direct()) {
            List<List<String>> now = direct.run(ALL).rows();
            assertThat(reader.run(ALL).rows()).isEqualTo(now);
            assertThat(writer.run(ALL).rows()).isEqualTo(now);
            assertThat(reader.extended(ALL).rows()).isEqualTo(now);
            List<List<String>> details =
                    direct.run("SELECT id, n FROM detail ORDER BY 1, 2").rows();
            assertThat(reader.run("SELECT id, n FROM detail ORDER BY id, n").rows())
                    .isEqualTo(details);
        }
    }

    @Test
    void followsForeignKeysIntoTheirTables() {
        scene.warm(reader, "SELECT id, n FROM detail ORDER BY id, n");
        writer.run("DELETE FROM account WHERE id = 1");
        assertThat(reader.run("SELECT id, n FROM detail ORDER BY id, n").rows()).containsExactly(List.of("2", "2"));
        scene.warm(reader, "SELECT id, n FROM detail ORDER BY id, n");
        writer.run("UPDATE account SET id = 5");
        assertThat(reader.run("SELECT id, n FROM detail ORDER BY id, n").rows()).containsExactly(List.of("5", "2"));
    }

    @Test
    void followsInheritanceAndPartitionsBothWays() {
        for (String table : List.of("parent", "child", "parted", "part")) {
            scene.warm(reader, "SELECT balance FROM " + table + " WHERE id = 1");
        }
        int value = 10;
        for (String written : List.of("child", "parent")) {
            writer.run("UPDATE " + written + " SET balance = " + ++value);
            for (String read : List.of("parent", "child")) {
                assertThat(reader.run("SELECT balance FROM " + read + " WHERE id = 1")
                                .value())
                        .as("%s after a write to %s", read, written)
                        .isEqualTo(String.valueOf(value));
                scene.warm(reader, "SELECT balance FROM " + read + " WHERE id = 1");
            }
        }
        for (String written : List.of("part", "parted")) {
            writer.run("UPDATE " + written + " SET balance = " + ++value);
            for (String read : List.of("parted", "part")) {
                assertThat(reader.run("SELECT balance FROM " + read + " WHERE id = 1")
                                .value())
                        .as("%s after a write to %s", read, written)
                        .isEqualTo(String.valueOf(value));
                scene.warm(reader, "SELECT balance FROM " + read + " WHERE id = 1");
            }
        }
    }

    @Test
    void countsCopyIn() {
        writer.raw()
                .send(
                        FrontendFrames.query("COPY account FROM STDIN"),
                        FrontendFrames.copyData("3\t300\n"),
                        FrontendFrames.copyDone());
        assertThat(new Reply(writer.raw().readUntilReady()).tag()).isEqualTo("COPY 1");
        assertThat(reader.run(ALL).rows()).contains(List.of("3", "300"));
    }

    /** A read that is pipelined behind a write sees it, whether a Sync stands between the two or not. */
    @Test
    void ordersPipelinesOfWritesAndReads() {
        for (boolean sync : new boolean[] {false, true}) {
            List<Frame> frames = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                frames.add(FrontendFrames.parse("", "UPDATE account SET balance = balance + 1 WHERE id = $1"));
                frames.add(FrontendFrames.bind("", "", "1"));
                frames.add(FrontendFrames.execute("", 0));
                if (sync) {
                    frames.add(FrontendFrames.sync());
                }
                frames.add(FrontendFrames.parse("", BALANCE));
                frames.add(FrontendFrames.bind("", ""));
                frames.add(FrontendFrames.execute("", 0));
            }
            frames.add(FrontendFrames.sync());
            int before = Integer.parseInt(reader.run(BALANCE).value());
            writer.raw().send(frames);
            Reply reply = new Reply(writer.raw().readUntilReady(sync ? 6 : 1));
            assertThat(reply.column())
                    .containsExactly(
                            "" + (before + 1),
                            "" + (before + 2),
                            "" + (before + 3),
                            "" + (before + 4),
                            "" + (before + 5));
            assertThat(reader.run(BALANCE).value()).isEqualTo("" + (before + 5));
        }
    }

    /** A client that commits and goes without reading the answer has written all the same. */
    @Test
    void countsTheWriteOfAClientThatIsGone() {
        Client gone = scene.client();
        gone.run("BEGIN");
        gone.run("UPDATE account SET balance = 31 WHERE id = 1");
        gone.raw().send(FrontendFrames.query("COMMIT"));
        gone.close();
        try (Client direct = scene.direct()) {
            Await.until("the commit", () -> direct.run(BALANCE).value().equals("31"));
        }
        Await.until("the commit for readers", () -> reader.run(BALANCE).value().equals("31"));
    }

    /** What a client has been told is committed, no one reads an older state of afterwards. */
    @Test
    void neverGoesBackBehindACommitUnderLoad() throws Exception {
        AtomicInteger committed = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        writer.run("UPDATE account SET balance = 0 WHERE id = 1");
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                boolean extended = i == 1;
                readers.add(pool.submit(() -> {
                    int answers = 0;
                    try (Client client = scene.client()) {
                        while (!over.get()) {
                            int floor = committed.get();
                            Reply reply = extended
                                    ? client.extended("SELECT balance FROM account WHERE id = $1", 1)
                                    : client.run(BALANCE);
                            assertThat(Integer.parseInt(reply.value())).isGreaterThanOrEqualTo(floor);
                            answers++;
                        }
                    }
                    return answers;
                }));
            }
            for (int i = 1; i <= 150; i++) {
                if (i % 3 == 0) {
                    writer.run("BEGIN");
                    writer.run("UPDATE account SET balance = " + i + " WHERE id = 1");
                    writer.run("COMMIT");
                } else {
                    writer.run("UPDATE account SET balance = " + i + " WHERE id = 1");
                }
                committed.set(i);
                if (i % 10 == 0) { // let hits happen too
                    scene.warm(writer, BALANCE);
                    assertThat(Integer.parseInt(writer.run(BALANCE).value())).isEqualTo(i);
                }
            }
            over.set(true);
            for (Future<Integer> each : readers) {
                assertThat(each.get()).isPositive();
            }
        } finally {
            over.set(true);
            pool.shutdown();
        }
    }
}
