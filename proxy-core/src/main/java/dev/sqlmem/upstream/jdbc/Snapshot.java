package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One state of the upstream's data, in which a statement and the columns that it reads can be asked one
 * after the other. Read-only; nothing done here outlasts it. Used by one thread.
 */
public final class Snapshot implements AutoCloseable {

    /** What the role may not, what is broken off or breaks down: says nothing of the statement. */
    private static final List<String> NOT_ABOUT_THE_STATEMENT = List.of("42501", "0A000");

    private static final List<String> ERRORS_OF_STATEMENTS = List.of("21", "22", "42", "0A");

    private final Connection connection;

    private Snapshot(Connection connection) {
        this.connection = connection;
    }

    /** Takes over a connection; {@code limit} is how long each statement may take. */
    static Snapshot on(Connection connection, Duration limit) throws SQLException {
        Snapshot snapshot = new Snapshot(connection);
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                statement.execute("SET LOCAL statement_timeout = " + limit.toMillis());
            }
            return snapshot;
        } catch (SQLException | RuntimeException | Error e) {
            snapshot.closeAfter(e);
            throw e;
        }
    }

    /**
     * Asks a statement under the client's search path and settings.
     *
     * @param maxRows how many rows are read at the most
     * @throws SQLException where the server gave no answer: the service account may not read this, a limit or
     *     a loss broke it off. An error that the statement itself raises is an answer.
     */
    public RawAnswer ask(Question question, int maxRows) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            NameResolution.enter(connection, question.searchPath());
            set(question.settings());
            return RawQuery.run(connection, question, maxRows);
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (NOT_ABOUT_THE_STATEMENT.contains(state)
                    || ERRORS_OF_STATEMENTS.stream().noneMatch(state::startsWith)) {
                throw e;
            }
            return new RawAnswer(List.of(), List.of(), state);
        } finally {
            connection.rollback(before); // takes the settings back as well
        }
    }

    private void set(Map<String, String> settings) throws SQLException {
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT pg_catalog.set_config(?, ?, true)")) {
                statement.setString(1, setting.getKey());
                statement.setString(2, setting.getValue());
                statement.execute();
            }
        }
    }

    /** As {@link ServiceDatabase#copyOut}, of this state of the data. */
    public long copyOut(TableDefinition table, List<ColumnDefinition> columns, TupleConsumer consumer)
            throws SQLException {
        return CopyReader.copy(connection, table, columns, consumer);
    }

    private void closeAfter(Throwable failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Gives the connection back, as it was. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
