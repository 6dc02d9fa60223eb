package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.ColumnDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Compares texts by a column's collation, without reading the column. */
final class TextComparison {
    private static final String COLLATION = """
            SELECT nspname, collname, %s
            FROM (SELECT oid AS attcollation, collname, collnamespace FROM pg_collation) co
                JOIN pg_namespace n ON n.oid = collnamespace
                JOIN pg_database d ON datname = current_database()
            WHERE attcollation = ?::oid""";

    private TextComparison() {}

    /**
     * Returns how many of the texts are less than the value.
     *
     * @throws SQLException 55000 where the collation is no longer the one that the column was defined with
     */
    static long countLess(Connection connection, ColumnDefinition column, List<String> texts, String value)
            throws SQLException {
        String sql =
                "SELECT pg_catalog.count(*) FROM pg_catalog.unnest(?::text[]) AS texts (text) WHERE text < ?::text COLLATE "
                        + collation(connection, column);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
            statement.setString(2, value);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Names the collation, as long as this session's server process has it in the same version. */
    private static String collation(Connection connection, ColumnDefinition column) throws SQLException {
        String sql =
                COLLATION.formatted(Collations.version(connection.getMetaData().getDatabaseMajorVersion()));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, Integer.toUnsignedLong(column.collation()));
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || !column.collationVersion().equals(row.getString(3))) {
                    throw new SQLException("the collation of column \"" + column.name() + "\" has changed", "55000");
                }
                return NameResolution.quoted(row.getString(1), row.getString(2));
            }
        }
    }
}
