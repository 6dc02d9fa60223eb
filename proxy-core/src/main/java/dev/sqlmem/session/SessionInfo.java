package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What others may see of a session. Safe to call from any thread. */
public interface SessionInfo {
    /** The number that the client knows it by. */
    int pid();

    /** The role that logged in. */
    String role();

    /** The database, null before login is complete. */
    @Nullable
    Database database();

    /** The client's address. */
    String client();

    /**
     * {@code login}, {@code idle}, {@code active}, {@code in transaction}, {@code failed transaction}, {@code
     * replication} or {@code closing}.
     */
    String state();

    /** The upstream server's address. */
    String upstream();

    /** When it was accepted. */
    Instant since();

    /** How many statements it has sent. */
    long statements();

    /** What the session would do with a statement: rows of name and value. */
    java.util.concurrent.CompletableFuture<java.util.List<java.util.List<String>>> explain(String sql);
}
