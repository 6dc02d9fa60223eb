package dev.sqlmem.upstream;

import dev.sqlmem.catalog.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Follows a write through the catalogs: to partitions and children, whose rows may be written too; to
 * all of their parents, through which the rows are read; and along foreign keys whose action changes the
 * referencing rows. Where code of a user's runs on the way, the write can reach any table.
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
            ), expression (classid, objid) AS (
                SELECT 'pg_attrdef'::regclass, a.oid FROM reach JOIN pg_attrdef a ON adrelid = reach.oid
                UNION ALL SELECT 'pg_constraint'::regclass, p.oid
                    FROM reach JOIN pg_constraint p ON conrelid = reach.oid AND contype = 'c'
            ), obstacle (reason) AS (
                SELECT format('%s is no table', c.oid::regclass) FROM reach JOIN pg_class c USING (oid)
                    WHERE relkind NOT IN ('r', 'p')
                UNION ALL SELECT format('trigger %s on %s', tgname, tgrelid::regclass)
                    FROM reach JOIN pg_trigger ON tgrelid = reach.oid
                    WHERE NOT tgisinternal AND tgenabled <> 'D'
                UNION ALL SELECT format('rule %s on %s', rulename, ev_class::regclass)
                    FROM reach JOIN pg_rewrite ON ev_class = reach.oid WHERE ev_type <> '1'
                UNION ALL SELECT format('volatile function %s in a default or check', p.oid::regproc)
                    FROM expression JOIN pg_depend d USING (classid, objid)
                        JOIN pg_proc p ON refclassid = 'pg_proc'::regclass AND refobjid = p.oid
                        JOIN pg_language l ON prolang = l.oid
                    WHERE provolatile = 'v' AND lanname NOT IN ('internal', 'c')
            )
            SELECT (SELECT array_agg(DISTINCT oid::int8) FROM reach), (SELECT min(reason) FROM obstacle)""";

    private WriteReach() {}

    /**
     * Resolves the name and follows the write; {@code everyKey} follows all foreign keys, as TRUNCATE ...
     * CASCADE does.
     */
    static DependentTables of(Sessions sessions, String searchPath, TableName name, boolean everyKey)
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
                return new DependentTables(reached, null);
            }
        }
    }
}
