package dev.sqlmem.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that tells how far long loads are, and is gone when they have ended. */
final class ProgressLine implements AutoCloseable {
    /** Loads shorter than that are not worth a line. */
    static final Duration LONG = Duration.ofSeconds(2);

    private static final long PERIOD_MILLIS = 500;

    private final Supplier<List<String>> loads;
    private final PrintWriter terminal;
    private @Nullable ScheduledExecutorService painter;
    private boolean painted;

    /** @param loads the long loads that are under way, a sentence each */
    ProgressLine(Supplier<List<String>> loads, PrintWriter terminal) {
        this.loads = loads;
        this.terminal = terminal;
    }

    /** Paints every half second until closed, on a thread of its own. */
    ProgressLine start() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "sqlmem-progress");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(this::paint, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        painter = thread;
        return this;
    }

    /** Shows what is loading now. */
    synchronized void paint() {
        List<String> now = loads.get();
        if (now.isEmpty()) {
            erase();
            return;
        }
        painted = true;
        String more;
        if (now.size() == 1) {
            more = "";
        } else {
            more = " (and " + (now.size() - 1) + " more)";
        }
        terminal.print(Terminal.LINE_START + Terminal.WRAP_OFF + "loading " + now.get(0) + more + Terminal.WRAP_ON);
        terminal.flush();
    }

    private void erase() {
        if (painted) {
            painted = false;
            terminal.print(Terminal.LINE_START);
            terminal.flush();
        }
    }

    @Override
    public void close() {
        ScheduledExecutorService thread = painter;
        if (thread != null) {
            thread.shutdownNow();
        }
        synchronized (this) {
            erase();
        }
    }
}
