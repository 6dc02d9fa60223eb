package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LeakWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Fifty clients that come, ask and go as they please, many of them in the middle of an answer, while
 * tables change and leave the cache: no answer is wrong, and nothing is left behind.
 */
class ChurnTest {
    private static final int CLIENTS = 50;
    private static final int VISITS = 6;
    private static final long SEED = 20_240_229;

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.readOnly(
                "churn",
                "CREATE TABLE ledger (id int PRIMARY KEY, version int, same int)",
                "INSERT INTO ledger SELECT i, 0, 0 FROM generate_series(1, 50) i",
                "CREATE TABLE wide (id int, filler text)",
                "INSERT INTO wide SELECT i, repeat('x', 500) FROM generate_series(1, 4000) i",
                "ANALYZE");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void answersRightAndLeavesNothingBehind() throws Exception {
        AtomicInteger floor = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS + 1);
        LeakWatch watch = new LeakWatch();
        try (Client control = scene.client()) {
            control.run("SELECT version, same FROM ledger");
            control.run("SELECT id, filler FROM wide");
            List<Future<Integer>> visits = new ArrayList<>();
            Future<Integer> changes = pool.submit(() -> change(floor, over));
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(SEED + i);
                visits.add(pool.submit(() -> visit(random, floor)));
            }
            int answers = 0;
            for (Future<Integer> each : visits) {
                answers += each.get();
            }
            over.set(true);
            assertThat(changes.get()).isPositive();
            assertThat(answers).isGreaterThan(CLIENTS);
            Await.until("the cache answers now that nothing changes any more", () -> {
                control.run("SELECT version, same FROM ledger");
                return Scene.stat(control, "hits") > 0;
            });

            Await.until("all sessions are gone", () -> Scene.stat(control, "sessions") == 1);
            control.run("SELECT sqlmem.invalidate_all()");
            Await.until("the memory is back", () -> Scene.stat(control, "memory_bytes") == 0);
            assertThat(control.run("SELECT version FROM ledger WHERE id = 1").value())
                    .isEqualTo(String.valueOf(floor.get()));
            assertThat(watch.leaks()).isEmpty();
        } finally {
            over.set(true);
            pool.shutdown();
        }
        try (Client direct = scene.direct()) {
            Await.until(
                    "the upstream sessions are gone",
                    () -> Integer.parseInt(direct.run("SELECT count(*) FROM pg_stat_activity"
                                            + " WHERE datname = current_database() AND backend_type = 'client backend'")
                                    .value())
                            <= 12);
        }
    }

    /** Changes the table behind the proxy and says so; what was told before counts for whoever asks after. */
    private static int change(AtomicInteger floor, AtomicBoolean over) {
        int version = 0;
        try (Client direct = scene.direct();
                Client client = scene.client()) {
            while (!over.get()) {
                version++;
                direct.run("UPDATE ledger SET version = " + version + ", same = " + version);
                client.run(version % 3 == 0 ? "SELECT sqlmem.invalidate_all()" : "SELECT sqlmem.invalidate('ledger')");
                floor.set(version);
            }
        }
        return version;
    }

    private static int visit(Random random, AtomicInteger floor) {
        int answers = 0;
        for (int visit = 0; visit < VISITS; visit++) {
            try (Client client = scene.client()) {
                int questions = random.nextInt(6);
                for (int i = 0; i < questions; i++) {
                    answers += ask(client, random, floor);
                }
                if (random.nextBoolean()) { // and off without reading it all
                    client.raw().send(FrontendFrames.query("SELECT id, filler FROM wide"));
                    if (random.nextBoolean()) {
                        client.raw().readUntil('T');
                    }
                }
            }
        }
        return answers;
    }

    private static int ask(Client client, Random random, AtomicInteger floor) {
        int least = floor.get();
        int id = 1 + random.nextInt(50);
        Reply reply = switch (random.nextInt(4)) {
            case 0 -> client.run("SELECT version, same FROM ledger WHERE id = " + id);
            case 1 -> client.extended("SELECT version, same FROM ledger WHERE id = $1", id);
            case 2 -> client.run("SELECT version, same FROM ledger ORDER BY id");
            default -> client.run("SELECT min(version), max(same) FROM ledger");
        };
        assertThat(reply.rows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get(0)).isEqualTo(row.get(1));
            assertThat(Integer.parseInt(row.get(0))).isGreaterThanOrEqualTo(least);
        });
        return 1;
    }
}
