package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Streams a table's columns in COPY's binary format (manual, "COPY", "Binary Format").
 *
 * <p>The table is locked against DDL first, by a read of no rows, and its definition is compared only
 * then. A snapshot taken before the lock would be no safer: TRUNCATE and rewriting ALTER TABLE show an
 * older snapshot an empty table.
 */
final class CopyReader {

    /** The definition changed since it was resolved; what was learned of the table is worth nothing now. */
    private static final String CHANGED = "55000";

    /** Keys are looked up by their hashes, so that rows come in the order of the heap where the keys fit into the memory. */
    private static final String JOIN_SETTINGS = """
            SELECT pg_catalog.set_config('enable_mergejoin', 'off', true),
                pg_catalog.set_config('enable_nestloop', 'off', true),
                pg_catalog.set_config('work_mem', greatest(33554432,
                    pg_catalog.pg_size_bytes(pg_catalog.current_setting('work_mem'))) / 1024 || 'kB', true)""";

    private CopyReader() {}

    /** Returns the number of rows. The connection must be in a transaction of its own. */
    static long copy(
            Connection connection, TableDefinition table, List<ColumnDefinition> columns, TupleConsumer consumer)
            throws SQLException {
        String name = NameResolution.quoted(table.schema(), table.name());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT FROM " + name + " LIMIT 0");
        }
        checkUnchanged(connection, table, columns);
        if (CopyStatement.isJoin(columns)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(JOIN_SETTINGS);
            }
        }
        CopyStatement select = CopyStatement.of(table, columns);
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(select.sql());
        long rows = drain(copy, new BinaryCopyStream(select.fields(), consumer));
        if (columns.stream().anyMatch(column -> !column.traits().labels().isEmpty())) {
            checkUnchanged(connection, table, columns); // ALTER TYPE does not wait for those who read a table
        }
        return rows;
    }

    private static long drain(CopyOut copy, BinaryCopyStream stream) throws SQLException {
        try {
            byte[] message;
            while ((message = copy.readFromCopy()) != null) {
                stream.message(message);
            }
            return stream.finish();
        } catch (SQLException | RuntimeException | Error e) {
            cancel(copy, e);
            throw e;
        }
    }

    private static void cancel(CopyOut copy, Throwable failure) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static void checkUnchanged(Connection connection, TableDefinition table, List<ColumnDefinition> columns)
            throws SQLException {
        long oid = NameResolution.resolve(connection, "pg_catalog", new TableName(table.schema(), table.name()));
        TableDefinition now;
        if (oid == table.oid()) {
            now = TableReader.read(connection, oid);
        } else {
            now = null;
        }
        if (now == null || now.kind() != table.kind() || now.notCacheable() != null) {
            throw new SQLException(table.qualifiedName() + " is no longer the table that it was", CHANGED);
        }
        for (ColumnDefinition column : columns) {
            if (!column.equals(now.find(column.attnum()))) {
                throw new SQLException(
                        "column \"" + column.name() + "\" of " + table.qualifiedName() + " has changed", CHANGED);
            }
        }
    }
}
