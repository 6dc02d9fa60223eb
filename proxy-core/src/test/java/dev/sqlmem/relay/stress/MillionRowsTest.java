package dev.sqlmem.relay.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.relay.NettyMemory;
import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A million rows into the cache, out of it, and past it, through a heap that stays flat. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MillionRowsTest {
    private static final int ROWS = 1_000_000;
    private static final long MIB = 1 << 20;
    private static final long HEAP_BOUND = 64 * MIB;
    private static final long NETTY_BOUND = 16 * MIB;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final ResourceLeakDetector.Level LEVEL = ResourceLeakDetector.getLevel();

    private static String database;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        // A stack trace for every number written takes longer than all the rest.
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
        database = SharedPostgres.createDatabase("million");
        SharedPostgres.execute(
                database,
                "CREATE UNLOGGED TABLE big(a int PRIMARY KEY, b bigint, c text)",
                "INSERT INTO big SELECT i, i * 3::bigint, 'the row number ' || i FROM generate_series(1, " + ROWS
                        + ") i",
                "ANALYZE big");
        proxy = ProxyUnderTest.start(ProxyConfig.builder(UpstreamUrl.parse(SharedPostgres.url(database)))
                .listen("127.0.0.1", 0)
                .mode(Mode.READ_ONLY)
                .fillWait(PATIENCE)
                .eventLoops(2)
                .build());
    }

    @AfterAll
    static void stop() {
        ResourceLeakDetector.setLevel(LEVEL);
        proxy.close();
    }

    @Test
    @Order(1)
    void theLoadTakesNoHeap() {
        try (RawClient client = connect("loader")) {
            long before = liveHeap();
            long most = 0;
            client.send(FrontendFrames.query("SELECT count(a), sum(b), min(c), max(c) FROM big"));
            Frame first;
            do {
                first = client.poll(Duration.ofMillis(50));
                most = Math.max(most, liveHeap());
            } while (first == null);
            assertThat(first.is('T')).as("%s", first).isTrue();
            assertThat(FrameText.textRows(client.readUntilReady()))
                    .containsExactly(List.of(
                            "" + ROWS,
                            "" + 3L * ROWS * (ROWS + 1) / 2,
                            "the row number 1",
                            "the row number " + (ROWS - 1)));
            assertThat(Resources.stat(client, "misses")).isEqualTo(1);
            assertThat(Resources.stat(client, "relayed")).isZero();
            assertThat(Resources.stat(client, "memory_bytes")).isGreaterThan(20 * MIB);
            assertThat(most - before).isLessThan(HEAP_BOUND);
        }
    }

    @Test
    @Order(2)
    void theCachesAnswerWaitsForASlowClient() {
        try (RawClient client = connect("slow on the cache");
                RawClient other = connect("other")) {
            long hits = Resources.stat(other, "hits");
            slowly(client, "SELECT a, b, c FROM big", () -> {
                // the client's socket is full, as nobody reads; others are served all the same
                for (int i = 0; i < 20; i++) {
                    assertThat(FrameText.textRows(other.simpleQuery("SELECT b FROM big WHERE a = 17")))
                            .containsExactly(List.of("51"));
                }
                assertThat(Resources.stat(other, "hits")).isEqualTo(hits + 20);
            });
            assertThat(Resources.stat(other, "hits")).isEqualTo(hits + 21);
        }
    }

    @Test
    @Order(3)
    void theServersAnswerWaitsForASlowClient() {
        try (RawClient client = connect("slow on the server")) {
            slowly(
                    client,
                    "SELECT a, b, split_part(c, '|', 1) FROM big",
                    () -> Await.untilServerSays("EXISTS (SELECT FROM pg_stat_activity WHERE application_name ="
                            + " 'slow on the server' AND wait_event = 'ClientWrite')"));
            assertThat(Resources.stat(client, "relayed")).isPositive();
        }
    }

    /** Asks, does something else while the answer waits, then reads it all; memory stays as it was. */
    private static void slowly(RawClient client, String sql, Runnable meanwhile) {
        long heap = liveHeap();
        long netty = NettyMemory.bytes();
        client.send(FrontendFrames.query(sql));
        meanwhile.run();
        long mostHeap = liveHeap();
        long mostNetty = NettyMemory.bytes();
        long rows = 0;
        Frame frame;
        do {
            frame = client.read();
            if (frame.is('D')) {
                assertRow(frame, ++rows);
                if (rows % 1_000 == 0) {
                    mostNetty = Math.max(mostNetty, NettyMemory.bytes());
                }
                if (rows % 100_000 == 0) {
                    mostHeap = Math.max(mostHeap, liveHeap());
                }
            }
        } while (!frame.is('Z') && !frame.isEnd());
        assertThat(rows).isEqualTo(ROWS);
        assertThat(mostHeap - heap).isLessThan(HEAP_BOUND);
        assertThat(mostNetty - netty).isLessThan(NETTY_BOUND);
    }

    private static void assertRow(Frame frame, long number) {
        List<byte[]> cells = FrameText.cells(frame);
        String a = new String(cells.get(0), StandardCharsets.US_ASCII);
        if (!a.equals("" + number)
                || !new String(cells.get(1), StandardCharsets.US_ASCII).equals("" + number * 3)
                || !new String(cells.get(2), StandardCharsets.US_ASCII).equals("the row number " + number)) {
            throw new AssertionError("row " + number + " is " + frame);
        }
    }

    /** The bytes that a garbage collection leaves. */
    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static RawClient connect(String name) {
        return RawClient.connect(LoginRequest.to(proxy.port(), database)
                .set("application_name", name)
                .within(PATIENCE));
    }
}
