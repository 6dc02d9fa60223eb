package dev.sqlmem.relay.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.Parameter;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fifty clients come and go while tables are invalidated; some drop the line in the middle of an answer. */
class ReadOnlyStormTest {
    private static final int CLIENTS = 50;
    private static final int ROWS = 20_000;

    @Test
    void noAnswerIsWrongAndNothingIsLost() throws Exception {
        String database = SharedPostgres.createDatabase("storm");
        SharedPostgres.execute(
                database,
                "CREATE TABLE t(a int PRIMARY KEY, b bigint, c text, d int)",
                "INSERT INTO t SELECT i, i * 7::bigint, 'row ' || i, i % 100 FROM generate_series(1, " + ROWS + ") i");
        Resources resources = new Resources();
        try (ProxyUnderTest proxy = Storm.proxy(database, Mode.READ_ONLY)) {
            Storm storm = new Storm(proxy.port(), database);
            for (int i = 0; i < CLIENTS; i++) {
                storm.add(i, ReadOnlyStormTest::visit);
            }
            assertThat(storm.await()).isGreaterThanOrEqualTo(CLIENTS);
            try (RawClient client = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
                assertThat(Resources.stat(client, "hits")).isPositive();
                assertThat(Resources.stat(client, "loads")).isGreaterThan(1);
            }
            resources.assertFreed(proxy, database);
        }
        resources.assertGone(database);
    }

    private static void visit(RawClient client, Random random) {
        for (int steps = random.nextInt(6); steps >= 0; steps--) {
            switch (random.nextInt(8)) {
                case 0 -> invalidate(client, random);
                case 1 -> extended(client, random);
                case 2 -> grouped(client);
                case 3 -> relayed(client, random);
                case 4 -> pipelined(client, random);
                case 5 -> {
                    abandoned(client, random);
                    return;
                }
                default -> simple(client, random);
            }
        }
    }

    private static void simple(RawClient client, Random random) {
        int a = 1 + random.nextInt(ROWS);
        if (random.nextBoolean()) {
            assertThat(FrameText.textRows(client.simpleQuery("SELECT b, c FROM t WHERE a = " + a)))
                    .containsExactly(List.of("" + a * 7L, "row " + a));
        } else {
            assertThat(FrameText.textRows(client.simpleQuery("SELECT d, a FROM t WHERE a = " + a)))
                    .containsExactly(List.of("" + a % 100, "" + a));
        }
    }

    private static void extended(RawClient client, Random random) {
        int a = 1 + random.nextInt(ROWS);
        ExtendedQuery query = ExtendedQuery.of("SELECT c, d FROM t WHERE a = $1")
                .with(Parameter.text("" + a))
                .named(random.nextBoolean() ? "s" : "", "");
        assertThat(FrameText.textRows(client.extended(query))).containsExactly(List.of("row " + a, "" + a % 100));
        if (!query.statement().isEmpty()) {
            client.send(FrontendFrames.closeStatement("s"), FrontendFrames.sync());
            client.readUntilReady();
        }
    }

    private static void grouped(RawClient client) {
        assertThat(FrameText.textRows(client.simpleQuery("SELECT count(*), sum(b), min(d), max(a) FROM t")))
                .containsExactly(List.of("" + ROWS, "" + 7L * ROWS * (ROWS + 1) / 2, "0", "" + ROWS));
    }

    private static void relayed(RawClient client, Random random) {
        int a = 1 + random.nextInt(ROWS);
        assertThat(FrameText.textRows(client.simpleQuery("SELECT reverse(c) FROM t WHERE a = " + a)))
                .containsExactly(List.of(new StringBuilder("row " + a).reverse().toString()));
    }

    private static void pipelined(RawClient client, Random random) {
        int a = 1 + random.nextInt(ROWS - 10);
        for (int i = 0; i < 10; i++) {
            client.send(FrontendFrames.query(
                    i % 3 == 0
                            ? "SELECT initcap(c) FROM t WHERE a = " + (a + i)
                            : "SELECT c FROM t WHERE a = " + (a + i)));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(FrameText.textRows(client.readUntilReady()))
                    .containsExactly(List.of((i % 3 == 0 ? "Row " : "row ") + (a + i)));
        }
    }

    /** Begins to read a large answer, from the cache or not, and leaves. */
    private static void abandoned(RawClient client, Random random) {
        client.send(FrontendFrames.query(
                random.nextBoolean()
                        ? "SELECT a, b, c FROM t"
                        : "SELECT a, b, split_part(c, '|', 1) FROM t ORDER BY a"));
        for (int i = random.nextInt(500); i > 0; i--) {
            Frame frame = client.read();
            if (frame.is('D')) {
                List<byte[]> cells = FrameText.cells(frame);
                assertThat(new String(cells.get(2), StandardCharsets.US_ASCII))
                        .isEqualTo("row " + new String(cells.get(0), StandardCharsets.US_ASCII));
            }
        }
        if (random.nextBoolean()) {
            client.cancel();
        }
    }

    private static void invalidate(RawClient client, Random random) {
        if (random.nextInt(3) != 0) {
            simple(client, random); // or nothing would ever be found in the cache
            return;
        }
        String call = random.nextBoolean() ? "sqlmem.invalidate('t')" : "sqlmem.invalidate_all()";
        assertThat(FrameText.sqlState(client.simpleQuery("SELECT " + call))).isEmpty();
    }
}
