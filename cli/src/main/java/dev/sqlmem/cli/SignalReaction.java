package dev.sqlmem.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What a signal does until this is closed. Where the JVM keeps the signal to itself ({@code -Xrs}, {@code
 * nohup}) or knows none, nothing is changed.
 *
 * <p>By reflection, because javac warns of {@code sun.misc.Signal} although jdk.unsupported exports it to all.
 */
final class SignalReaction implements AutoCloseable {
    private final String signal;
    private final @Nullable Object former;

    private SignalReaction(String signal, @Nullable Object former) {
        this.signal = signal;
        this.former = former;
    }

    /**
     * Reacts to a signal from now on.
     *
     * @param signal its name without SIG, {@code HUP} for instance
     * @param reaction runs on a thread of its own for each signal
     */
    static SignalReaction install(String signal, Runnable reaction) {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            InvocationHandler run = (proxy, method, arguments) -> {
                reaction.run();
                return null;
            };
            Object handler = Proxy.newProxyInstance(SignalReaction.class.getClassLoader(), new Class<?>[] {type}, run);
            return new SignalReaction(signal, setHandler(signal, handler));
        } catch (ClassNotFoundException missing) {
            return new SignalReaction(signal, null);
        }
    }

    /** The signal does again what it did before. */
    @Override
    public void close() {
        if (former != null) {
            setHandler(signal, former);
        }
    }

    private static @Nullable Object setHandler(String signal, Object handler) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            return type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException keptByTheJvm) {
            return null;
        }
    }
}
