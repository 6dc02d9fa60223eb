package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Lets the server itself say what a name means under a search path. */
final class NameResolution {

    /** Second column: a schema of the path that a client may see, but the service account may not use. */
    private static final String ENTER = """
            SELECT set_config('search_path', ?, true),
                (SELECT min(nspname) FROM pg_namespace
                 WHERE nspname = ANY (?::name[]) AND NOT has_schema_privilege(oid, 'USAGE'))""";

    /** All names are qualified: a schema of the path could shadow a function, but not a cast. */
    private static final String RESOLVE = "SELECT pg_catalog.to_regclass(?)::pg_catalog.oid";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private NameResolution() {}

    /**
     * Sets the search path for the rest of the connection's transaction.
     *
     * @throws SQLException 42501 where a schema of the path is closed to the service account, since a name
     *     could then mean something else to it than to a client
     */
    static void enter(Connection connection, String searchPath) throws SQLException {
        Array schemas =
                connection.createArrayOf("text", SearchPath.schemas(searchPath).toArray());
        try (PreparedStatement statement = connection.prepareStatement(ENTER)) {
            statement.setString(1, searchPath);
            statement.setArray(2, schemas);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String closed = row.getString(2);
                if (closed != null) {
                    throw new SQLException(
                            "the service account lacks USAGE on schema \"" + closed + "\"", INSUFFICIENT_PRIVILEGE);
                }
            }
        }
    }

    /** Returns the relation's OID, or 0 where there is none of that name, or none that may be seen. */
    static long resolve(Connection connection, String searchPath, TableName name) throws SQLException {
        try {
            enter(connection, searchPath);
            try (PreparedStatement statement = connection.prepareStatement(RESOLVE)) {
                statement.setString(1, quoted(name.schema(), name.name()));
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        return row.getLong(1);
                    }
                    return 0;
                }
            }
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }

    /** Returns an identifier in quotes, qualified where a schema is given. */
    static String quoted(@Nullable String schema, String name) {
        if (schema == null) {
            return quoted(name);
        }
        return quoted(schema) + "." + quoted(name);
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
