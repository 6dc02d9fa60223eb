package dev.sqlmem.server;

import dev.sqlmem.session.LiveSession;
import dev.sqlmem.session.Sessions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends the clients off when the proxy stops. Blocks its caller. */
final class Drain {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Drain() {}

    /** Lets running statements end within the limit, then ends all sessions, which takes a second at most. */
    static void all(Sessions sessions, Duration limit) {
        sessions.all().forEach(LiveSession::drain);
        awaitNone(sessions, limit);
        sessions.all().forEach(LiveSession::kill);
        awaitNone(sessions, Duration.ofSeconds(1));
    }

    private static void awaitNone(Sessions sessions, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!sessions.all().isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
