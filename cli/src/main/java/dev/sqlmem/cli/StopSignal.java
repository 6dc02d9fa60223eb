package dev.sqlmem.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into an orderly end of the main thread.
 *
 * <p>A JVM left to itself runs its shutdown hooks on SIGTERM and then ends with exit code 143, which a
 * supervisor reads as a failure. Ending a hook with {@code Runtime.halt(0)} would say 0, but skip the JVM's
 * own clean-up (the extracted SQLite library would stay in the temporary directory). So the signals are
 * handled: the main thread wakes up, closes what it opened, and ends with exit code 0. Whatever else ends the
 * JVM still runs a hook, which waits until the main thread has closed.
 */
public final class StopSignal implements AutoCloseable {
    /** Longer than any drain; a JVM that must go will not wait for ever. */
    private static final Duration LONGEST_CLOSE = Duration.ofMinutes(2);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Thread hook = new Thread(this::requestAndWait, "stop");
    private final List<SignalReaction> reactions = new ArrayList<>();

    private StopSignal() {}

    /** Handles the signals from now on, until closed. */
    public static StopSignal install() {
        StopSignal stop = new StopSignal();
        List.of("INT", "TERM")
                .forEach(signal -> stop.reactions.add(SignalReaction.install(signal, stop.requested::countDown)));
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Waits for a signal. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Waits for a signal, at most this long; returns whether it has come. */
    boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does what a signal does. */
    void request() {
        requested.countDown();
    }

    /** Whether a signal has come. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Says that everything is closed: the JVM may end. Signals do again what they did before. */
    @Override
    public void close() {
        closed.countDown();
        reactions.forEach(SignalReaction::close);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The JVM is about to end, and the hook is what waited for this.
        }
    }

    private void requestAndWait() {
        requested.countDown();
        try {
            closed.await(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
