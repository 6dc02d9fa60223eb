package dev.sqlmem.relay.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients on threads of their own that come, do something and go, again and again for some seconds. The first
 * failure of any of them ends the storm.
 */
final class Storm {
    /** The name of the storm's sessions on the server. */
    static final String APPLICATION = "sqlmem storm";

    private static final long SECONDS = Long.getLong("sqlmem.stress.seconds", 8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a client does between coming and going. */
    interface Visit {
        void with(RawClient client, Random random);
    }

    private final LoginRequest login;
    private final long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    private final AtomicLong visits = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    Storm(int port, String database) {
        login = LoginRequest.to(port, database)
                .set("application_name", APPLICATION)
                .within(PATIENCE);
    }

    /** A proxy with the defaults: where tables go as soon as they come, statements must not wait for them long. */
    static ProxyUnderTest proxy(String database, Mode mode) {
        return ProxyUnderTest.start(ProxyConfig.builder(UpstreamUrl.parse(SharedPostgres.url(database)))
                .listen("127.0.0.1", 0)
                .mode(mode)
                .eventLoops(2)
                .build());
    }

    /** Adds a client; its seed decides what it does. */
    void add(long seed, Visit visit) {
        Random random = new Random(seed);
        Thread thread = new Thread(() -> run(visit, random), "storm " + seed);
        thread.start();
        threads.add(thread);
    }

    private void run(Visit visit, Random random) {
        try {
            while (System.nanoTime() < end && failures.isEmpty()) {
                RawClient client = RawClient.attempt(login);
                String refusal = FrameText.sqlState(client.startupFrames());
                if (refusal.isEmpty()) {
                    visit.with(client, random);
                    visits.incrementAndGet();
                } else {
                    assertThat(refusal)
                            .as("%s", client.startupFrames())
                            .isEqualTo("53300"); // sessions end after their clients
                    turnedAway.incrementAndGet();
                }
                if (random.nextInt(3) == 0) {
                    client.drop();
                } else {
                    client.close();
                }
            }
        } catch (Throwable failure) {
            failures.add(failure);
        }
    }

    /** Waits for all to end, and returns the number of visits. */
    long await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        for (Throwable failure : failures) {
            throw new AssertionError("after " + visits + " visits", failure);
        }
        assertThat(visits.get()).isGreaterThan(turnedAway.get());
        return visits.get();
    }
}
