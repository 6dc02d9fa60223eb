package dev.sqlmem.upstream.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the tables whose readers meet a lock on one: it, all that inherit from it, which are locked with it, and all
 * through which one of those is read.
 */
final class LockReach {

    private static final String REACH = """
            WITH RECURSIVE below (oid) AS (
                SELECT ?::oid
                UNION SELECT inhrelid FROM pg_inherits JOIN below ON inhparent = below.oid
            ), reach (oid) AS (
                TABLE below
                UNION SELECT inhparent FROM pg_inherits JOIN reach ON inhrelid = reach.oid
            )
            SELECT oid::int8 FROM reach""";

    private LockReach() {}

    static Set<Long> of(Connection connection, long tableOid) throws SQLException {
        Set<Long> oids = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(REACH)) {
            statement.setLong(1, tableOid);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    oids.add(rows.getLong(1));
                }
            }
        }
        return Set.copyOf(oids);
    }
}
