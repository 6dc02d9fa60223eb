package dev.sqlmem.upstream.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * What users have added to the server's own functions, operators and casts, as far as it can take calls
 * with arguments of the server's own types: then a name does not say any more what is called. Arithmetic
 * operators over strings and arrays (pg_trgm, intarray) never take numbers, and are left out.
 */
final class UserDefined {

    /** OIDs from 16384 on are not the server's own (FirstNormalObjectId). */
    private static final String NAMES = """
            SELECT proname FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = pronamespace
            WHERE p.oid >= 16384 AND nspname = ANY (?::pg_catalog.name[])
                AND NOT EXISTS (SELECT FROM pg_catalog.unnest(proargtypes) AS argument WHERE argument >= 16384)
            UNION SELECT oprname FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = oprnamespace
            WHERE o.oid >= 16384 AND nspname = ANY (?::pg_catalog.name[]) AND oprleft < 16384 AND oprright < 16384
                AND NOT (oprname IN ('+', '-', '*', '/', '%', '&', '|', '#', '<<', '>>', '~') AND EXISTS (
                    SELECT FROM pg_catalog.pg_type t WHERE t.oid = oprleft AND typcategory IN ('S', 'A')))
            UNION SELECT '::' FROM pg_catalog.pg_cast
            WHERE oid >= 16384 AND castsource < 16384 AND casttarget < 16384""";

    private UserDefined() {}

    static Set<String> names(Connection connection, String searchPath) throws SQLException {
        Object[] schemas = SearchPath.schemas(searchPath).toArray();
        Set<String> names = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(NAMES)) {
            statement.setArray(1, connection.createArrayOf("text", schemas));
            statement.setArray(2, connection.createArrayOf("text", schemas));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }
}
