package dev.sqlmem.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what is about to happen, and fails when it doesn't. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private Await() {}

    /** Returns as soon as the condition holds; an AssertionError says {@code what} did not come in time. */
    public static void until(String what, BooleanSupplier condition) {
        within(LIMIT, what, condition);
    }

    /** The same within a time that is promised. */
    public static void within(Duration limit, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + ": not within " + limit);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** The same for an SQL condition, asked of the shared server. */
    public static void untilServerSays(String condition) {
        try (Connection connection = SharedPostgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            until(condition, () -> holds(statement, condition));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean holds(Statement statement, String condition) {
        try (ResultSet row = statement.executeQuery("SELECT " + condition)) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
