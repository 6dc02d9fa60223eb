package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.Generation;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Waits for a generation numbered higher than {@code after} that has these columns. */
record Waiter(Set<Integer> attnums, long after, CompletableFuture<LoadOutcome> future) {

    boolean accepts(Generation generation) {
        return generation.id() > after && attnums.stream().allMatch(generation::has);
    }

    /** Returns what tells the outcome, to be run without the table's lock. */
    Runnable settle(LoadOutcome outcome) {
        return () -> future.complete(outcome);
    }

    /** The same for the generation that was waited for. */
    Runnable settle(Generation loaded) {
        return settle(new LoadOutcome.Loaded(loaded.id(), loaded.rows()));
    }
}
