package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes away does not stop its statement: the server commits it all the same, later. */
class AbandonedWriteTest {
    private static final int LOCK = 815;

    private static String database;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("abandoned");
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE slow SET v = 1",
                "BEGIN; UPDATE slow SET v = 1; COMMIT",
                "UPDATE slow SET v = 1 RETURNING repeat('x', 20000000)"
            })
    void itsCommitIsNotMissed(String update) {
        SharedPostgres.execute(
                database,
                "DROP TABLE IF EXISTS slow",
                "CREATE TABLE slow(id int PRIMARY KEY, v int)",
                "INSERT INTO slow VALUES (1, 0)",
                "CREATE OR REPLACE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " PERFORM pg_advisory_xact_lock(" + LOCK + "); RETURN NEW; END $$",
                "CREATE TRIGGER hold BEFORE UPDATE ON slow FOR EACH ROW EXECUTE FUNCTION hold()");
        try (RawClient holder = RawClient.connect(LoginRequest.to(SharedPostgres.port(), database));
                RawClient reader = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
            reader.simpleQuery("SELECT * FROM sqlmem.invalidate_all()"); // the table is another than before
            holder.simpleQuery("SELECT pg_advisory_lock(" + LOCK + ")");
            try (RawClient writer = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
                writer.send(FrontendFrames.query(update));
                Await.untilServerSays(writing("wait_event = 'advisory'"));
            }
            Await.until(
                    "the writer's session has ended",
                    () -> FrameText.textRows(
                                    reader.simpleQuery("SELECT value FROM sqlmem.stats WHERE name = 'sessions'"))
                            .equals(List.of(List.of("1"))));
            assertThat(value(reader)).isEqualTo("0");
            assertThat(value(reader)).isEqualTo("0");
            holder.simpleQuery("SELECT pg_advisory_unlock(" + LOCK + ")");
            Await.until("the abandoned change", () -> value(holder).equals("1"));
            Await.until("its end is known to the proxy", () -> value(reader).equals("1"));
        }
    }

    private static String writing(String condition) {
        return "EXISTS (SELECT FROM pg_stat_activity WHERE datname = '" + database + "' AND query ~ 'UPDATE slow' AND "
                + condition + ")";
    }

    private static String value(RawClient client) {
        return FrameText.textRows(client.simpleQuery("SELECT v FROM slow WHERE id = 1"))
                .get(0)
                .get(0);
    }
}
