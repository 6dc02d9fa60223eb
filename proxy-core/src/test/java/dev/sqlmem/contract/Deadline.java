package dev.sqlmem.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come true within a time, and no longer than it takes. */
final class Deadline {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = 2_000_000;

    private Deadline() {}

    /** Asks again and again until the answer is yes; fails after a time that no machine should need. */
    static void until(String what, BooleanSupplier condition) {
        within(PATIENCE, what, condition);
    }

    /** The same with a time that is promised. */
    static void within(Duration limit, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
