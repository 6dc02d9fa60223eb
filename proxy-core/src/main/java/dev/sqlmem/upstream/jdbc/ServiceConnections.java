package dev.sqlmem.upstream.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The service account's sessions on one database: a small pool that opens them when they are asked for.
 * All are set up alike and nothing that is done on one outlasts its transaction.
 */
final class ServiceConnections implements AutoCloseable {

    private static final int MAX_SESSIONS = 4;
    private static final long WAIT_MILLIS = 5_000;
    private static final long IDLE_MILLIS = 60_000;

    /**
     * Role, database and URL can preset anything, so what matters is set here. {@code row_security=off}
     * turns rows that would be hidden into an error, {@code lock_timeout} keeps a client's ALTER TABLE from
     * blocking all sessions, and the last three make a load read the heap in its own order.
     */
    private static final String SET_UP = """
            SELECT pg_catalog.set_config(name, value, false) FROM (VALUES
              ('default_transaction_read_only', 'on'),
              ('default_transaction_isolation', 'read committed'),
              ('search_path', 'pg_catalog'),
              ('statement_timeout', '0'),
              ('lock_timeout', '2s'),
              ('idle_in_transaction_session_timeout', '0'),
              ('row_security', 'off'),
              ('TimeZone', 'UTC'),
              ('DateStyle', 'ISO, MDY'),
              ('IntervalStyle', 'postgres'),
              ('extra_float_digits', '3'),
              ('standard_conforming_strings', 'on'),
              ('transform_null_equals', 'off'),
              ('array_nulls', 'on'),
              ('jit', 'off'),
              ('synchronize_seqscans', 'off'),
              ('max_parallel_workers_per_gather', '0')) AS setting (name, value)""";

    private final UpstreamUrl url;
    private final HikariDataSource pool;
    private final Set<Connection> own = ConcurrentHashMap.newKeySet();

    ServiceConnections(UpstreamUrl url) {
        this(url, MAX_SESSIONS);
    }

    /** Opens {@code most} sessions at the most; none before it is asked for. */
    ServiceConnections(UpstreamUrl url, int most) {
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setPoolName("sqlmem-" + url.database());
        config.setJdbcUrl(url.jdbcUrl());
        config.setDataSourceProperties(url.jdbcProperties());
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_MILLIS);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(SET_UP);
        this.pool = new HikariDataSource(config);
    }

    /** Takes a session from the pool; its settings are in place and it is in autocommit mode. */
    Connection borrow() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            // The pool only says that it waited in vain; its cause says why.
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Runs work in a transaction that is always rolled back. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = borrow()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.rollback();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollbackAfter(connection, e);
                throw e;
            }
        }
    }

    /**
     * Runs work in a transaction of a session that is opened for it: the work may take long, or it must be
     * told at once why there is no session. The session ends with it, so that nothing follows in it that a
     * late cancel request could hit.
     */
    <T> T inOwnSession(Work<T> work) throws SQLException {
        Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.jdbcProperties());
        own.add(connection);
        try (connection) {
            if (pool.isClosed()) {
                throw new SQLException("the access to " + url + " is closed", "08003");
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(SET_UP);
            }
            connection.setAutoCommit(false);
            return work.run(connection);
        } finally {
            own.remove(connection);
        }
    }

    /** Runs work whose statements see one and the same state of the database. */
    <T> T inSnapshot(Work<T> work) throws SQLException {
        return inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            }
            return work.run(connection);
        });
    }

    /** Runs work whose statements each stand alone. */
    <T> T inAutocommit(Work<T> work) throws SQLException {
        try (Connection connection = borrow()) {
            return work.run(connection);
        }
    }

    /** Closes the pool; sessions in use are aborted. */
    @Override
    public void close() {
        pool.close();
        for (Connection connection : own) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // abort() declares it for a missing executor only.
                throw new IllegalStateException(e);
            }
        }
    }

    private static void rollbackAfter(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Something to do with a session. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
