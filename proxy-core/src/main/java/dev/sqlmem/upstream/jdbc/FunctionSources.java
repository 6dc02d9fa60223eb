package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.FunctionSource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads the functions that are none of the server's own. */
final class FunctionSources {

    /** Whatever was created with the server itself has a smaller OID (manual, "OID Assignment"). */
    private static final String SOURCES = """
            SELECT p.oid::int8, proname, p.oid::regprocedure::text, prokind, lanname, provolatile = 'v', extname,
                coalesce(prosrc, '')
            FROM pg_proc p JOIN pg_language l ON l.oid = prolang
                LEFT JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
                    AND d.refclassid = 'pg_extension'::regclass
                LEFT JOIN pg_extension e ON e.oid = d.refobjid
            WHERE p.oid >= 16384 AND (proname = ANY (?::name[]) OR p.oid = ANY (?::oid[]))
            ORDER BY p.oid""";

    private FunctionSources() {}

    /** Returns those with one of these names, in whatever schema, and those with one of these OIDs. */
    static List<FunctionSource> of(Connection connection, Collection<String> names, Collection<Long> oids)
            throws SQLException {
        Array wantedNames = connection.createArrayOf("text", names.toArray());
        Array wantedOids = connection.createArrayOf("int8", oids.toArray());
        try (PreparedStatement statement = connection.prepareStatement(SOURCES)) {
            statement.setArray(1, wantedNames);
            statement.setArray(2, wantedOids);
            try (ResultSet rows = statement.executeQuery()) {
                List<FunctionSource> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new FunctionSource(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4).charAt(0),
                            rows.getString(5),
                            rows.getBoolean(6),
                            rows.getString(7),
                            rows.getString(8)));
                }
                return found;
            }
        }
    }
}
