package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a write through the catalogs: to partitions and children, whose rows may be written too; to
 * all of their parents, through which the rows are read; and along foreign keys whose action changes the
 * referencing rows. The functions that run on the way are told as well: triggers, and those in defaults, checks,
 * domains and policies.
 */
final class WriteReach {

    /** A referencing table is found from any parent of the written one, as partitions share their keys. */
    private static final String REACH = """
            WITH RECURSIVE edge (source, target, written, downward) AS (
                SELECT inhrelid, inhparent, false, false FROM pg_inherits
                UNION ALL SELECT inhparent, inhrelid, true, true FROM pg_inherits
                UNION ALL SELECT confrelid, conrelid, true, false FROM pg_constraint
                    WHERE contype = 'f'
                        AND (? OR confdeltype IN ('c', 'n', 'd') OR confupdtype IN ('c', 'n', 'd'))
            ), reach (oid, written) AS (
                SELECT ?::oid, true
                UNION SELECT target, edge.written
                    FROM reach JOIN edge ON source = reach.oid AND (reach.written OR NOT downward)
            ), expression (classid, objid, place) AS (
                SELECT 'pg_attrdef'::regclass, a.oid, 'a default' FROM reach JOIN pg_attrdef a ON adrelid = reach.oid
                UNION ALL SELECT 'pg_constraint'::regclass, p.oid, 'a check'
                    FROM reach JOIN pg_constraint p ON conrelid = reach.oid AND contype = 'c'
                UNION ALL SELECT 'pg_constraint'::regclass, p.oid, 'a domain'
                    FROM reach JOIN pg_attribute ON attrelid = reach.oid JOIN pg_constraint p ON contypid = atttypid
                UNION ALL SELECT 'pg_policy'::regclass, p.oid, 'a policy'
                    FROM reach JOIN pg_policy p ON polrelid = reach.oid
            ), code (oid, reason) AS (
                SELECT tgfoid, format('trigger %s on %s', tgname, tgrelid::regclass)
                    FROM reach JOIN pg_trigger ON tgrelid = reach.oid
                    WHERE NOT tgisinternal AND tgenabled <> 'D'
                UNION ALL SELECT p.oid, format('function %s in %s', p.oid::regproc, place)
                    FROM expression JOIN pg_depend d USING (classid, objid)
                        JOIN pg_proc p ON refclassid = 'pg_proc'::regclass AND refobjid = p.oid
                        JOIN pg_language l ON prolang = l.oid
                    WHERE lanname NOT IN ('internal', 'c')
            ), obstacle (reason) AS (
                SELECT format('%s is no table', c.oid::regclass) FROM reach JOIN pg_class c USING (oid)
                    WHERE relkind NOT IN ('r', 'p')
                UNION ALL SELECT format('rule %s on %s', rulename, ev_class::regclass)
                    FROM reach JOIN pg_rewrite ON ev_class = reach.oid WHERE ev_type <> '1'
            ), user_code AS (
                SELECT oid, min(reason) AS reason FROM code WHERE oid >= 16384 GROUP BY oid
            )
            SELECT (SELECT array_agg(DISTINCT oid::int8) FROM reach), (SELECT min(reason) FROM obstacle),
                (SELECT array_agg(oid::int8 ORDER BY oid) FROM user_code),
                (SELECT array_agg(reason ORDER BY oid) FROM user_code)""";

    private WriteReach() {}

    /**
     * Resolves the name and follows the write; {@code everyKey} follows all foreign keys, as TRUNCATE ...
     * CASCADE does.
     */
    static DependentTables of(ServiceConnections sessions, String searchPath, TableName name, boolean everyKey)
            throws SQLException {
        long oid = sessions.inTransaction(connection -> NameResolution.resolve(connection, searchPath, name));
        if (oid == 0) {
            return DependentTables.everything("unknown relation " + name);
        }
        return sessions.inAutocommit(connection -> of(connection, oid, everyKey));
    }

    static DependentTables of(Connection connection, long oid, boolean everyKey) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REACH)) {
            statement.setBoolean(1, everyKey);
            statement.setLong(2, oid);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String reason = row.getString(2);
                if (reason != null) {
                    return DependentTables.everything(reason);
                }
                Long[] oids = (Long[]) row.getArray(1).getArray();
                Set<Long> reached = new HashSet<>(Arrays.asList(oids));
                return new DependentTables(reached, code(row.getArray(3), row.getArray(4)), null);
            }
        }
    }

    private static Map<Long, String> code(@Nullable Array oids, @Nullable Array reasons) throws SQLException {
        Map<Long, String> code = new HashMap<>();
        if (oids != null && reasons != null) {
            Long[] functions = (Long[]) oids.getArray();
            String[] places = (String[]) reasons.getArray();
            for (int i = 0; i < functions.length; i++) {
                code.put(functions[i], places[i]);
            }
        }
        return code;
    }
}
