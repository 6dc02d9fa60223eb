package dev.sqlmem.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * What the proxy has counted so far, as it says itself in {@code sqlmem.stats}.
 *
 * @param values the counters by their names
 */
record Counters(Map<String, Long> values) {
    /** A counter of {@code sqlmem.stats}, and what one more of it says about a statement. */
    private static final Map<String, String> ROUTES =
            Map.of("hits", "hit", "misses", "miss", "relayed", "relayed", "refused", "refused");

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final List<String> VERIFIER = List.of("verified", "mismatches");

    private static final List<String> ORDER = List.of("misses", "hits", "relayed", "refused");

    Counters {
        values = Map.copyOf(values);
    }

    /** Reads the counters through the proxy; that this is itself a statement does not count. */
    static Counters read(Connection proxy) throws SQLException {
        Map<String, Long> values = new HashMap<>();
        try (Statement statement = proxy.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, value FROM sqlmem.stats")) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (ROUTES.containsKey(name) || VERIFIER.contains(name)) {
                    values.put(name, rows.getLong(2));
                }
            }
        }
        return new Counters(values);
    }

    /** Waits until the tables of the cache file are back; returns how many are. */
    static long awaitRestored(Connection proxy) throws SQLException {
        try (Statement statement = proxy.createStatement()) {
            while (number(statement, "SELECT name FROM sqlmem.tables WHERE state = 'loading'") > 0) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            return number(statement, "SELECT name FROM sqlmem.tables WHERE state = 'ready'");
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        long number = 0;
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                number++;
            }
        }
        return number;
    }

    /** The route of the statement that was asked since: the counters that rose; {@code ?} when none did. */
    String routeSince(Counters before) {
        String rose = ORDER.stream()
                .filter(name -> values.getOrDefault(name, 0L) > before.values.getOrDefault(name, 0L))
                .map(name -> ROUTES.getOrDefault(name, name))
                .collect(Collectors.joining("+"));
        if (rose.isEmpty()) {
            return "?";
        }
        return rose;
    }
}
