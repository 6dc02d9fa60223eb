package dev.sqlmem.upstream.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Hashes the catalog rows on which names, definitions, rights and the reach of writes depend.
 *
 * <p>A row's {@code xmin} stands for its content: every change writes a new version. VACUUM and ANALYZE
 * update their counters in place, so that they leave it alone. The rows' hashes are summed, which needs no
 * order. Names, definitions (those of user-defined types too) and rights are looked at for the given
 * relations and their descendants; foreign keys, inheritance, triggers and rules for all, as a write reaches
 * through tables that nobody has named; users' functions, operators and casts for all, as they change what
 * an expression means. Behind a slash comes the hash of those rows alone on which it depends what a write
 * reaches. Temporary tables, which are their own session's business, stay out.
 */
final class Fingerprint {

    private static final String FINGERPRINT = """
            WITH RECURSIVE related (oid) AS (
                SELECT oid FROM pg_class WHERE relname = ANY (?::name[]) AND relpersistence <> 't'
                UNION SELECT inhrelid FROM pg_inherits JOIN related ON inhparent = related.oid
            ), lasting (oid) AS (
                SELECT oid FROM pg_class WHERE relpersistence <> 't'
            ), type (oid) AS (
                SELECT atttypid FROM related JOIN pg_attribute ON attrelid = related.oid
                    WHERE atttypid >= 16384 AND attnum > 0
                UNION
                SELECT next FROM type JOIN pg_type t ON t.oid = type.oid CROSS JOIN LATERAL (
                    SELECT typbasetype UNION ALL SELECT typelem
                    UNION ALL SELECT rngsubtype FROM pg_range WHERE rngtypid = t.oid
                    UNION ALL SELECT refobjid FROM pg_depend
                        WHERE classid = 'pg_type'::regclass AND objid = t.oid AND refclassid = 'pg_type'::regclass
                    UNION ALL SELECT atttypid FROM pg_attribute WHERE typtype = 'c' AND attrelid = typrelid) n (next)
                WHERE next >= 16384
            ), line (text) AS (
                SELECT concat_ws(' ', 'start', pg_postmaster_start_time())
                UNION ALL SELECT concat_ws(' ', 'database', oid, xmin) FROM pg_database
                    WHERE datname = current_database()
                UNION ALL SELECT concat_ws(' ', 'class', oid, c.xmin, relnamespace)
                    FROM related JOIN pg_class c USING (oid)
                UNION ALL SELECT concat_ws(' ', 'name', oid, relnamespace, relname)
                    FROM related JOIN pg_class c USING (oid)
                UNION ALL SELECT concat_ws(' ', 'attribute', attrelid, attnum, a.xmin)
                    FROM related JOIN pg_attribute a ON attrelid = related.oid
                UNION ALL SELECT concat_ws(' ', 'type', oid, t.xmin)
                    FROM type JOIN pg_type t USING (oid)
                UNION ALL SELECT concat_ws(' ', 'label', enumtypid, e.oid, e.xmin)
                    FROM type JOIN pg_enum e ON enumtypid = type.oid
                UNION ALL SELECT concat_ws(' ', 'part', attrelid, attnum, a.xmin)
                    FROM type JOIN pg_type t ON t.oid = type.oid AND typtype = 'c'
                        JOIN pg_attribute a ON attrelid = typrelid
                UNION ALL SELECT concat_ws(' ', 'index', indexrelid, i.xmin)
                    FROM related JOIN pg_index i ON indrelid = related.oid
                UNION ALL SELECT concat_ws(' ', 'constraint', p.oid, p.xmin)
                    FROM related JOIN pg_constraint p ON conrelid = related.oid
                UNION ALL SELECT concat_ws(' ', 'policy', p.oid, p.xmin)
                    FROM related JOIN pg_policy p ON polrelid = related.oid
                UNION ALL SELECT concat_ws(' ', 'collation', co.oid, co.xmin, collversion)
                    FROM (SELECT DISTINCT attcollation
                        FROM related JOIN pg_attribute ON attrelid = related.oid) used
                    JOIN pg_collation co ON co.oid = attcollation
                UNION ALL SELECT concat_ws(' ', 'foreign key', p.oid, p.xmin)
                    FROM lasting JOIN pg_constraint p ON conrelid = lasting.oid WHERE contype = 'f'
                UNION ALL SELECT concat_ws(' ', 'inherits', inhrelid, inhparent)
                    FROM lasting JOIN pg_inherits ON inhrelid = lasting.oid
                UNION ALL SELECT concat_ws(' ', 'trigger', t.oid, t.xmin)
                    FROM lasting JOIN pg_trigger t ON tgrelid = lasting.oid WHERE NOT tgisinternal
                UNION ALL SELECT concat_ws(' ', 'rule', r.oid, r.xmin)
                    FROM lasting JOIN pg_rewrite r ON ev_class = lasting.oid WHERE ev_type <> '1'
                UNION ALL SELECT concat_ws(' ', 'namespace', oid, xmin) FROM pg_namespace
                    WHERE nspname NOT LIKE 'pg\\_temp\\_%' AND nspname NOT LIKE 'pg\\_toast\\_temp\\_%'
                UNION ALL SELECT concat_ws(' ', 'function', oid, xmin) FROM pg_proc WHERE oid >= 16384
                UNION ALL SELECT concat_ws(' ', 'operator', oid, xmin) FROM pg_operator WHERE oid >= 16384
                UNION ALL SELECT concat_ws(' ', 'cast', oid, xmin) FROM pg_cast WHERE oid >= 16384
                UNION ALL SELECT concat_ws(' ', 'member', roleid, member, xmin) FROM pg_auth_members
                UNION ALL SELECT concat_ws(' ', 'role', oid, rolname, rolsuper, rolinherit, rolbypassrls)
                    FROM pg_roles
            ), hashed (hash, reach) AS (
                SELECT hashtextextended(text COLLATE "C", 0), split_part(text, ' ', 1) IN ('start', 'name', 'attribute', 'type',
                    'constraint', 'policy', 'foreign', 'inherits', 'trigger', 'function', 'rule', 'namespace')
                FROM line
            )
            SELECT concat_ws(':', count(*), sum(hash)) || '/' || concat_ws(':', count(*) FILTER (WHERE reach),
                sum(hash) FILTER (WHERE reach)) FROM hashed""";

    private Fingerprint() {}

    static String of(Connection connection, Collection<String> relationNames) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FINGERPRINT)) {
            statement.setArray(1, connection.createArrayOf("text", relationNames.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
