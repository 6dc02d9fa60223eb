package dev.sqlmem.upstream.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Asks the server what a role may read; memberships and predefined roles are its business. */
final class RightsReader {

    /** A column that is not there is null in the outer join: a table without columns still has a row. */
    private static final String RIGHTS = """
            SELECT has_schema_privilege(r.oid, relnamespace, 'USAGE') AND NOT relrowsecurity,
                has_table_privilege(r.oid, c.oid, 'SELECT') OR has_any_column_privilege(r.oid, c.oid, 'SELECT'),
                attnum, has_column_privilege(r.oid, c.oid, attnum, 'SELECT')
            FROM pg_roles r CROSS JOIN pg_class c
                LEFT JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
            WHERE rolname = ? AND c.oid = ?::oid""";

    private RightsReader() {}

    static TableRights read(Connection connection, String role, long tableOid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RIGHTS)) {
            statement.setString(1, role);
            statement.setLong(2, tableOid);
            try (ResultSet row = statement.executeQuery()) {
                boolean usable = false;
                boolean any = false;
                Set<Integer> readable = new HashSet<>();
                while (row.next()) {
                    usable = row.getBoolean(1);
                    any = row.getBoolean(2);
                    if (row.getBoolean(4)) {
                        readable.add(row.getInt(3));
                    }
                }
                return new TableRights(usable, readable, any);
            }
        }
    }
}
