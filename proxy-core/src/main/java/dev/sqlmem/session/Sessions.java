package dev.sqlmem.session;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All sessions by the number that their clients know them by. Thread-safe. */
public final class Sessions {
    private static final int MAX_PID = 1 << 22;

    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Registration> byPid = new ConcurrentHashMap<>();

    /** Gives a session a number of its own, until {@link Registration#end}. */
    Registration register(LiveSession session) {
        Registration registration;
        do {
            registration = new Registration(this, session, 1 + random.nextInt(MAX_PID));
        } while (byPid.putIfAbsent(registration.pid(), registration) != null);
        return registration;
    }

    byte[] key(int length) {
        byte[] key = new byte[length];
        random.nextBytes(key);
        return key;
    }

    void remove(Registration registration) {
        byPid.remove(registration.pid(), registration);
    }

    /** All sessions at this moment. */
    public List<LiveSession> all() {
        return byPid.values().stream().map(Registration::session).toList();
    }

    /**
     * Breaks off what the session is doing, if the key is its own.
     *
     * @return completes when the cancellation has been acted upon; at once where there is nothing to cancel
     */
    public CompletableFuture<?> cancel(int pid, byte[] key) {
        @Nullable Registration registration = byPid.get(pid);
        if (registration == null || !registration.opensWith(key)) {
            return CompletableFuture.completedFuture(null);
        }
        return registration.session().cancel();
    }
}
