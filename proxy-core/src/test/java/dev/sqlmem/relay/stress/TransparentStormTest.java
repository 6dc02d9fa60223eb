package dev.sqlmem.relay.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Fifty clients read and write while others drop the line in the middle of their transactions. Money only
 * moves, so that its sum stays; and who has heard of a commit sees it from then on.
 */
class TransparentStormTest {
    private static final int READERS = 25;
    private static final int WRITERS = 25;
    private static final int ACCOUNTS = 200;
    private static final int TOTAL = ACCOUNTS * 1000;

    @Test
    void noAnswerIsWrongAndNothingIsLost() throws Exception {
        String database = SharedPostgres.createDatabase("changes");
        SharedPostgres.execute(
                database,
                "CREATE TABLE account(id int PRIMARY KEY, money int NOT NULL)",
                "INSERT INTO account SELECT i, 1000 FROM generate_series(1, " + ACCOUNTS + ") i",
                "CREATE TABLE progress(id int PRIMARY KEY, n int NOT NULL)",
                "INSERT INTO progress SELECT i, 0 FROM generate_series(1, " + WRITERS + ") i");
        Resources resources = new Resources();
        try (ProxyUnderTest proxy = Storm.proxy(database, Mode.TRANSPARENT)) {
            Storm storm = new Storm(proxy.port(), database);
            for (int i = 1; i <= WRITERS; i++) {
                storm.add(i, new Writer(i));
            }
            for (int i = 0; i < READERS; i++) {
                storm.add(1000 + i, TransparentStormTest::read);
            }
            assertThat(storm.await()).isGreaterThanOrEqualTo(READERS + WRITERS);
            try (RawClient direct = RawClient.connect(LoginRequest.to(SharedPostgres.port(), database));
                    RawClient client = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
                for (String sql : new String[] {"SELECT id, n FROM progress", "SELECT id, money FROM account"}) {
                    Await.until(
                            "the cache is as the server: " + sql,
                            () -> rows(client, sql + " ORDER BY id").equals(rows(direct, sql + " ORDER BY id")));
                }
                assertThat(Resources.stat(client, "hits")).isPositive();
            }
            resources.assertFreed(proxy, database);
        }
        resources.assertGone(database);
    }

    private static List<List<String>> rows(RawClient client, String sql) {
        return FrameText.textRows(client.simpleQuery(sql));
    }

    private static void read(RawClient client, Random random) {
        for (int i = random.nextInt(10); i >= 0; i--) {
            assertThat(rows(client, "SELECT count(*), sum(money) FROM account"))
                    .containsExactly(List.of("" + ACCOUNTS, "" + TOTAL));
            if (random.nextInt(5) == 0) {
                client.simpleQuery("SELECT sqlmem.invalidate('account')");
            }
            if (random.nextInt(5) == 0) {
                int sum = rows(client, "SELECT money FROM account").stream()
                        .mapToInt(row -> Integer.parseInt(row.get(0)))
                        .sum();
                assertThat(sum).isEqualTo(TOTAL);
            }
        }
    }

    /** Counts its transactions in a row of its own. */
    private static final class Writer implements Storm.Visit {
        private final int id;
        private int confirmed;
        private int attempted;

        Writer(int id) {
            this.id = id;
        }

        @Override
        public void with(RawClient client, Random random) {
            for (int i = random.nextInt(5); i >= 0; i--) {
                assertThat(progress(client)).isBetween(confirmed, attempted);
                attempted++;
                client.send(transaction(random));
                if (random.nextInt(4) == 0) {
                    client.drop();
                    return;
                }
                List<Frame> answer = client.readUntilReady();
                if (FrameText.sqlState(answer).isEmpty()) {
                    confirmed = confirmed(client);
                } else {
                    assertThat(FrameText.sqlState(answer)).isEqualTo("40P01");
                    client.simpleQuery("ROLLBACK");
                }
            }
        }

        private int confirmed(RawClient client) {
            int now = progress(client);
            assertThat(now).isBetween(confirmed + 1, attempted);
            return now;
        }

        private int progress(RawClient client) {
            String row = rows(client, "SELECT n FROM progress WHERE id = " + id)
                    .get(0)
                    .get(0);
            return Integer.parseInt(row);
        }

        private Frame transaction(Random random) {
            int amount = random.nextInt(100);
            int from = 1 + random.nextInt(ACCOUNTS);
            int to = 1 + random.nextInt(ACCOUNTS);
            return FrontendFrames.query("BEGIN; UPDATE progress SET n = n + 1 WHERE id = " + id
                    + "; UPDATE account SET money = money - " + amount + " WHERE id = " + from
                    + "; UPDATE account SET money = money + " + amount + " WHERE id = " + to + "; COMMIT");
        }
    }
}
