package dev.sqlmem.database;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the server that are under way: who asks the same meanwhile hears the same answer, so that a hundred
 * clients who begin with one statement ask once. Thread-safe.
 */
final class SharedQuestions {
    private final Function<UpstreamTask, CompletableFuture<?>> runner;
    private final Map<Object, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    /** @param runner runs a question in the background */
    SharedQuestions(Function<UpstreamTask, CompletableFuture<?>> runner) {
        this.runner = runner;
    }

    /** Asks, or joins who asks already; {@code key} says what is asked. */
    CompletableFuture<?> ask(Object key, UpstreamTask task) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> known = underWay.putIfAbsent(key, mine);
        if (known != null) {
            return known;
        }
        try {
            runner.apply(task).whenComplete((done, failure) -> end(key, mine, failure));
        } catch (RuntimeException e) {
            end(key, mine, e);
        }
        return mine;
    }

    private void end(Object key, CompletableFuture<Void> mine, @Nullable Throwable failure) {
        underWay.remove(key, mine);
        if (failure == null) {
            mine.complete(null);
        } else {
            mine.completeExceptionally(failure);
        }
    }
}
