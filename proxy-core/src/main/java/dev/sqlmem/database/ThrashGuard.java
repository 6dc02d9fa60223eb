package dev.sqlmem.database;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sqlmem.plan.Route;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Plans over several tables whose loads push each other out of the memory: after some attempts such a
 * plan is left alone for a while, lest each statement loads its tables again. Thread-safe.
 */
final class ThrashGuard {
    static final int ATTEMPTS = 3;
    static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MOST_PLANS = 10_000;

    private record State(int attempts, long since) {}

    private final Cache<Route, State> plans = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_PLANS)
            .build();
    private final LongSupplier ticker;

    ThrashGuard(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Whether the plan's tables need not be loaded now. */
    boolean refuses(Route plan) {
        State state = plans.getIfPresent(plan);
        return state != null && state.attempts >= ATTEMPTS && ticker.getAsLong() - state.since < PAUSE_NANOS;
    }

    /** Notes that the loads of a plan have ended, and whether all its tables were there then. */
    void ended(Route plan, boolean complete) {
        if (complete) {
            plans.invalidate(plan);
            return;
        }
        long now = ticker.getAsLong();
        plans.asMap().merge(plan, new State(1, now), (before, first) -> {
            if (before.attempts < ATTEMPTS) {
                return new State(before.attempts + 1, now);
            }
            return first;
        });
    }
}
