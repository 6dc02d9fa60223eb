package dev.sqlmem.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Asks the statements of the tour, one after the other, and finds out what the proxy did with each. */
final class Tour {
    private final Connection direct;
    private final Connection proxy;
    private final TourPage page;
    private final Stopwatch stopwatch = new Stopwatch(System::nanoTime);

    /**
     * @param direct a connection to the server itself
     * @param proxy a connection through the proxy
     */
    Tour(Connection direct, Connection proxy, TourPage page) {
        this.direct = direct;
        this.proxy = proxy;
        this.page = page;
    }

    /** Runs to the end, or to the statement at which {@code stopped} says so. */
    void run(BooleanSupplier stopped) throws SQLException {
        page.head();
        for (Chapter chapter : TourPlan.CHAPTERS) {
            page.chapter(chapter.title());
            for (Step step : chapter.steps()) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                page.outcome(outcome(step));
            }
        }
    }

    private Outcome outcome(Step step) throws SQLException {
        Counters before = Counters.read(proxy);
        String error = ask(step.sql());
        Counters once = Counters.read(proxy);
        ask(step.sql());
        Counters twice = Counters.read(proxy);
        // A refused statement has no time worth telling, and one that changes data is never asked directly.
        boolean isTimed = error == null && !step.changesData();
        Stopwatch.Times times;
        if (isTimed) {
            times = stopwatch.compare(direct, proxy, step.sql());
        } else {
            times = Stopwatch.Times.NONE;
        }
        return new Outcome(step, once.routeSince(before), twice.routeSince(once), times.direct(), times.proxy(), error);
    }

    private @Nullable String ask(String sql) throws SQLException {
        try (Statement statement = proxy.createStatement()) {
            Stopwatch.ask(statement, sql);
            return null;
        } catch (SQLException refusal) {
            if (!proxy.isClosed()) {
                return refusal.getSQLState() + " " + firstLine(String.valueOf(refusal.getMessage()));
            }
            throw refusal;
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    }
}
