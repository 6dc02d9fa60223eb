package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrontendFrames;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A million rows go through the proxy, into the cache or to a client that doesn't read, and none stays on the heap. */
class FlatHeapTest {
    private static final int ROWS = 1_000_000;

    /** A fraction of what the rows take on the wire. */
    private static final long BOUND = 12L << 20;

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.transparent(
                "flat",
                "CREATE UNLOGGED TABLE many (id int, filler text)",
                "INSERT INTO many SELECT i, repeat('x', 30) FROM generate_series(1, " + ROWS + ") i",
                "ANALYZE many");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    /** What lives on the heap and in Netty's buffers. */
    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    @Test
    void loadsAMillionRows() {
        try (Client client = scene.client();
                Client watcher = scene.client()) {
            client.run("SELECT 1");
            watcher.run("SELECT loading_rows FROM sqlmem.tables");
            long before = used();
            client.raw().send(FrontendFrames.query("SELECT count(*) FROM many WHERE id > 0 AND filler <> ''"));
            long most = 0;
            int looks = 0;
            Frame answer = null;
            while (answer == null) {
                int due = 100_000 * (looks + 1);
                if (!watcher.run("SELECT loading_rows FROM sqlmem.tables WHERE loading_rows > " + due)
                        .rows()
                        .isEmpty()) {
                    most = Math.max(most, used() - before);
                    looks++;
                }
                answer = client.raw().poll(Duration.ofMillis(1));
            }
            client.raw().readUntilReady();
            assertThat(looks).isPositive();
            assertThat(most).isLessThan(BOUND);
            assertThat(client.run("SELECT state, rows FROM sqlmem.tables")
                            .rows()
                            .get(0))
                    .containsExactly("ready", String.valueOf(ROWS));
            assertThat(used() - before).isLessThan(BOUND);
        }
    }

    @Test
    void relaysAMillionRowsToASlowClient() {
        readSlowly("SELECT id, filler, random() FROM many");
    }

    @Test
    void servesAMillionRowsToASlowClient() {
        try (Client client = scene.client()) {
            Await.until("the table is in the cache", () -> {
                client.run("SELECT count(*) FROM many WHERE id > 0 AND filler <> ''");
                return Scene.explain(client, "SELECT id, filler FROM many").contains("cached: yes");
            });
        }
        readSlowly("SELECT id, filler FROM many");
    }

    /** Reads the first row, lets the rest stand, then reads on with a look at the memory now and then. */
    private static void readSlowly(String sql) {
        try (Client client = scene.client();
                Client other = scene.client()) {
            other.run("SELECT 1");
            long before = used();
            client.raw().send(FrontendFrames.query(sql));
            Frame frame = client.raw().read();
            long most = 0;
            int rows = 0;
            while (!frame.is('Z')) {
                rows += frame.is('D') ? 1 : 0;
                if (rows % 250_000 == 1 && frame.is('D')) {
                    // Others are served while this one doesn't read.
                    for (int i = 0; i < 20; i++) {
                        other.run("SELECT 1");
                    }
                    most = Math.max(most, used() - before);
                }
                frame = client.raw().read();
            }
            assertThat(rows).isEqualTo(ROWS);
            assertThat(most).isLessThan(BOUND);
        }
    }
}
