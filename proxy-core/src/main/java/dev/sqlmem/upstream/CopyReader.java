package dev.sqlmem.upstream;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.wire.type.TypeCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
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
        List<String> fields = columns.stream().flatMap(CopyReader::fields).toList();
        String sql = "COPY (SELECT " + String.join(", ", fields) + " FROM " + name + ") TO STDOUT (FORMAT binary)";
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        long rows = drain(copy, new BinaryCopyStream(fields.size(), consumer));
        if (columns.stream().anyMatch(column -> !column.traits().labels().isEmpty())) {
            checkUnchanged(connection, table, columns); // ALTER TYPE does not wait for those who read a table
        }
        return rows;
    }

    /** The column and, where it is needed, what its type's output function makes of it, which a cast may not. */
    private static Stream<String> fields(ColumnDefinition column) {
        String name = NameResolution.quoted(column.name());
        TypeCodec codec = column.codec();
        return codec != null && codec.needsText()
                ? Stream.of(name, "pg_catalog.concat(" + name + ")")
                : Stream.of(name);
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
        TableDefinition now = oid == table.oid() ? TableReader.read(connection, oid) : null;
        if (now == null || now.kind() != table.kind() || now.notCacheable() != null) {
            throw new SQLException(table.qualifiedName() + " is no longer the table that it was", CHANGED);
        }
        for (ColumnDefinition column : columns) {
            if (!column.equals(now.column(column.name()))) {
                throw new SQLException(
                        "column \"" + column.name() + "\" of " + table.qualifiedName() + " has changed", CHANGED);
            }
        }
    }
}
