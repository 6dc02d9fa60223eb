package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds relations that no search path leads to: by bare name, and by inheritance. */
final class Relatives {

    private static final String NAMED = """
            SELECT c.oid::int8 FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relname = ?::name AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relpersistence <> 't'
                AND CASE WHEN ?::name IS NULL THEN nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                    ELSE nspname = ?::name END
            ORDER BY nspname""";

    private static final String RELATIVES = """
            WITH RECURSIVE above (oid) AS (
                SELECT inhparent FROM pg_inherits WHERE inhrelid = ?::oid
                UNION SELECT inhparent FROM pg_inherits JOIN above ON inhrelid = above.oid
            ), below (oid) AS (
                SELECT inhrelid FROM pg_inherits WHERE inhparent = ?::oid
                UNION SELECT inhrelid FROM pg_inherits JOIN below ON inhparent = below.oid
            )
            SELECT nspname, relname FROM (TABLE above UNION TABLE below) AS relative (oid)
                JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = relnamespace""";

    private Relatives() {}

    static List<TableDefinition> named(Connection connection, @Nullable String schema, String name)
            throws SQLException {
        List<TableDefinition> found = new ArrayList<>();
        for (long oid : oids(connection, schema, name)) {
            TableDefinition table = TableReader.read(connection, oid);
            if (table != null) {
                found.add(table);
            }
        }
        return found;
    }

    private static List<Long> oids(Connection connection, @Nullable String schema, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NAMED)) {
            statement.setString(1, name);
            statement.setString(2, schema);
            statement.setString(3, schema);
            try (ResultSet rows = statement.executeQuery()) {
                List<Long> oids = new ArrayList<>();
                while (rows.next()) {
                    oids.add(rows.getLong(1));
                }
                return oids;
            }
        }
    }

    static List<TableName> of(Connection connection, long oid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELATIVES)) {
            statement.setLong(1, oid);
            statement.setLong(2, oid);
            try (ResultSet rows = statement.executeQuery()) {
                List<TableName> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(new TableName(rows.getString(1), rows.getString(2)));
                }
                return names;
            }
        }
    }
}
