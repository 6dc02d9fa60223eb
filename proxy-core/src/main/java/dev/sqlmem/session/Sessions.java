package dev.sqlmem.session;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All sessions by the number that their clients know them by. Thread-safe. */
public final class Sessions {
    private static final int MAX_PID = 1 << 22;

    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Session> byPid = new ConcurrentHashMap<>();

    /** Gives a session a number of its own, until {@link #remove}. */
    int add(Session session) {
        int pid;
        do {
            pid = 1 + random.nextInt(MAX_PID);
        } while (byPid.putIfAbsent(pid, session) != null);
        return pid;
    }

    /** Makes a cancel key. */
    byte[] key(int length) {
        byte[] key = new byte[length];
        random.nextBytes(key);
        return key;
    }

    void remove(Session session) {
        byPid.remove(session.pid(), session);
    }

    /** All sessions at this moment. */
    public Collection<Session> all() {
        return byPid.values();
    }

    /**
     * Breaks off what the session is doing, if the key is its own.
     *
     * @return completes when the cancellation has been acted upon; at once where there is nothing to cancel
     */
    public CompletableFuture<?> cancel(int pid, byte[] key) {
        @Nullable Session session = byPid.get(pid);
        if (session == null || !MessageDigest.isEqual(session.cancelKey(), key)) {
            return CompletableFuture.completedFuture(null);
        }
        return session.cancel();
    }
}
