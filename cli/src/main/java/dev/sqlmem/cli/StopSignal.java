package dev.sqlmem.cli;

import java.lang.reflect.Proxy;
import java.time.Duration;
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
 * JVM (SIGHUP of a closed terminal) still runs a hook, which waits until the main thread has closed.
 */
public final class StopSignal implements AutoCloseable {
    /** Longer than any drain; a JVM that must go will not wait for ever. */
    private static final Duration LONGEST_CLOSE = Duration.ofMinutes(2);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private StopSignal() {}

    /** Handles the signals from now on. */
    public static StopSignal install() {
        StopSignal stop = new StopSignal();
        List.of("INT", "TERM").forEach(stop::handle);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::requestAndWait, "stop"));
        return stop;
    }

    /** Waits for a signal. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Whether a signal has come. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Says that everything is closed: the JVM may end. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void requestAndWait() {
        requested.countDown();
        try {
            closed.await(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * By reflection, because javac warns of {@code sun.misc.Signal} even though the module jdk.unsupported
     * exports it to everybody. Where it is missing, the hook alone is left: as orderly, with exit code 143.
     */
    private void handle(String signal) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader() == null
                            ? StopSignal.class.getClassLoader()
                            : handlerType.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> {
                        requested.countDown();
                        return null;
                    });
            signalType
                    .getMethod("handle", signalType, handlerType)
                    .invoke(null, signalType.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException missing) {
            // The hook does the same; see above.
        }
    }
}
