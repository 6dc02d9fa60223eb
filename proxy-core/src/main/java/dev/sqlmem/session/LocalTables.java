package dev.sqlmem.session;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.plan.LocalRelation;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gives the rows of the proxy's own tables and carries out its functions. Thread-safe. */
public interface LocalTables {

    /**
     * Reads a table or calls a function.
     *
     * @param relation which one
     * @param argument the function's argument; null for SQL null and where it takes none
     * @param asker the session that asks
     * @return the rows as a generation leased for the caller, which retires and releases it; fails with a {@link
     *     LocalFailure} where the function could not do its work
     */
    CompletableFuture<Generation> rows(LocalRelation relation, @Nullable String argument, SessionInfo asker);
}
