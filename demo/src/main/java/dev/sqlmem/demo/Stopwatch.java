package dev.sqlmem.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Times the same statement on two connections, in turn, so that both see the same machine. */
final class Stopwatch {
    private static final int WARM_UP = 20;
    private static final int RUNS = 51;
    /** A statement with many rows is asked fewer times. */
    private static final long LONGEST_NANOS = 400_000_000L;

    private final LongSupplier nanoTime;

    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Median times of warm runs, in nanoseconds. */
    Times compare(Connection direct, Connection proxy, String sql) throws SQLException {
        try (Statement here = direct.createStatement();
                Statement there = proxy.createStatement()) {
            rounds(here, there, sql, WARM_UP);
            return rounds(here, there, sql, RUNS);
        }
    }

    /** Reads every row of the answer, as a client does. */
    static void ask(Statement statement, String sql) throws SQLException {
        if (!statement.execute(sql)) {
            return;
        }
        try (ResultSet rows = statement.getResultSet()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    rows.getString(column);
                }
            }
        }
    }

    private Times rounds(Statement here, Statement there, String sql, int runs) throws SQLException {
        long[] direct = new long[runs];
        long[] proxy = new long[runs];
        long begin = nanoTime.getAsLong();
        int done = 0;
        while (done < runs && (done == 0 || nanoTime.getAsLong() - begin < LONGEST_NANOS)) {
            direct[done] = time(here, sql);
            proxy[done] = time(there, sql);
            done++;
        }
        return new Times(OptionalLong.of(Median.of(direct, done)), OptionalLong.of(Median.of(proxy, done)));
    }

    private long time(Statement statement, String sql) throws SQLException {
        long begin = nanoTime.getAsLong();
        ask(statement, sql);
        return nanoTime.getAsLong() - begin;
    }

    /** Both medians. */
    record Times(OptionalLong direct, OptionalLong proxy) {
        static final Times NONE = new Times(OptionalLong.empty(), OptionalLong.empty());
    }
}
