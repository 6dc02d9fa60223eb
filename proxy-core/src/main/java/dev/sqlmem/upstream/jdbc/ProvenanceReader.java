package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.Provenance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table's {@link Provenance}.
 *
 * <p>A server is known by its system identifier and its timeline. Where the service account may not read
 * the former, or the server has no write-ahead log to speak of, the moment at which the server was started
 * stands for both: it differs after each start, and while it does not, nobody can have put another server
 * or an older state of this one in its place.
 *
 * <p>A table is known by its OID together with the transaction that made its row type, which no ALTER TABLE
 * but a renaming touches; so a table that got a used OID again, after the counter came round, is another.
 */
final class ProvenanceReader {
    /** Insufficient privilege, no such function, not supported, wrong state for it. */
    private static final Set<String> NOT_TOLD = Set.of("42501", "42883", "0A000", "55000");

    private static final String MAY_READ_IDENTIFIER = """
            SELECT has_function_privilege('pg_control_system()', 'EXECUTE')
                AND has_function_privilege('pg_control_checkpoint()', 'EXECUTE')""";

    /** A standby's timeline is that of its last restart point: it lags behind, and stays what it was meanwhile. */
    private static final String BY_IDENTIFIER = """
            SELECT concat_ws(' ', 'system', system_identifier,
                    CASE WHEN pg_is_in_recovery() THEN 'standby on timeline ' || (pg_control_checkpoint()).timeline_id
                        ELSE 'timeline ' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) END,
                    'database', d.oid, datname),
                pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                    ELSE pg_current_wal_insert_lsn() END, '0/0')::bigint
            FROM pg_control_system(), pg_database d WHERE datname = current_database()""";

    private static final String BY_START = """
            SELECT concat_ws(' ', 'started', extract(epoch FROM pg_postmaster_start_time()),
                    'database', d.oid, datname), -1
            FROM pg_database d WHERE datname = current_database()""";

    private static final String TABLE = """
            WITH RECURSIVE held AS (
                SELECT attnum, atttypid, atttypmod, attcollation
                FROM pg_attribute WHERE attrelid = ?::oid AND attnum = ANY (?::int2[])
            ), part (type) AS (
                SELECT atttypid FROM held
                UNION SELECT inner_type
                FROM part JOIN pg_type t ON t.oid = type LEFT JOIN pg_range ON rngtypid = type,
                    LATERAL (SELECT unnest(ARRAY[typbasetype, typelem, rngsubtype])
                        UNION SELECT atttypid FROM pg_attribute WHERE attrelid = typrelid AND typrelid <> 0
                            AND attnum > 0 AND NOT attisdropped) i (inner_type)
                WHERE inner_type <> 0
            ), line (text) AS (
                SELECT concat_ws(' ', 'table', c.oid, relkind, reltype, t.xmin)
                FROM pg_class c LEFT JOIN pg_type t ON t.oid = reltype WHERE c.oid = ?::oid
                UNION ALL SELECT concat_ws(' ', 'column', attnum, atttypid, atttypmod, attcollation)
                FROM held
                UNION ALL SELECT concat_ws(' ', 'type', type, t.xmin, (
                        SELECT string_agg(concat_ws(' ', e.oid, enumsortorder, quote_literal(enumlabel)), ','
                            ORDER BY enumsortorder) FROM pg_enum e WHERE enumtypid = type), (
                        SELECT string_agg(concat_ws(' ', attnum, atttypid, atttypmod, quote_literal(attname)), ','
                            ORDER BY attnum) FROM pg_attribute WHERE attrelid = typrelid AND typrelid <> 0))
                FROM part JOIN pg_type t ON t.oid = type
                UNION ALL SELECT concat_ws(' ', 'collation', co.oid, co.xmin, collversion,
                    pg_collation_actual_version(co.oid))
                FROM pg_collation co WHERE co.oid <> 100 AND co.oid IN (SELECT attcollation FROM held)
                UNION ALL SELECT concat_ws(' ', 'default collation', datcollate, datctype, encoding, %s)
                FROM pg_database d WHERE datname = current_database()
            )
            SELECT string_agg(text, '; ' ORDER BY text COLLATE "C") FROM line""";

    private ProvenanceReader() {}

    /** Reads the provenance; a table that isn't there has one that no other has. */
    static Provenance read(Connection connection, long tableOid, Collection<Integer> attnums) throws SQLException {
        Provenance server = byIdentifier(connection);
        if (server == null) {
            server = server(connection, BY_START);
        }
        return new Provenance(server.server(), server.position(), table(connection, tableOid, attnums));
    }

    private static @Nullable Provenance byIdentifier(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MAY_READ_IDENTIFIER)) {
            row.next();
            if (!row.getBoolean(1)) {
                return null;
            }
        }
        try {
            return server(connection, BY_IDENTIFIER);
        } catch (SQLException e) {
            if (NOT_TOLD.contains(String.valueOf(e.getSQLState()))) {
                return null;
            }
            throw e;
        }
    }

    private static Provenance server(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Provenance(row.getString(1), row.getLong(2), "");
        }
    }

    private static String table(Connection connection, long oid, Collection<Integer> attnums) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        String versions;
        if (major < 15) {
            versions = "''";
        } else {
            versions = "datcollversion, pg_database_collation_actual_version(d.oid), datlocprovider, to_jsonb(d) ->> '"
                    + (major >= 17 ? "datlocale" : "daticulocale") + "'";
        }
        try (PreparedStatement statement = connection.prepareStatement(TABLE.formatted(versions))) {
            statement.setLong(1, oid);
            statement.setArray(2, connection.createArrayOf("int2", attnums.toArray()));
            statement.setLong(3, oid);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
