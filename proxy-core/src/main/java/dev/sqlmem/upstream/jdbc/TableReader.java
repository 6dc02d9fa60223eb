package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.TableDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a relation's definition from the system catalogs (manual, "System Catalogs"). */
final class TableReader {

    private static final long FIRST_USER_OID = 16_384;

    private static final Map<String, String> OTHER_KINDS = Map.of(
            "v", "view",
            "m", "materialized view",
            "f", "foreign table",
            "S", "sequence",
            "i", "index",
            "I", "partitioned index",
            "c", "composite type",
            "t", "TOAST table");

    /**
     * Row counts follow the planner: the density of the last ANALYZE times today's size. A relation with
     * pages that was never analyzed makes the sum unknown. A partitioned table holds no rows itself.
     */
    private static final String TABLE = """
            WITH RECURSIVE tree (oid) AS (
                SELECT ?::oid
                UNION SELECT inhrelid FROM pg_inherits JOIN tree ON inhparent = tree.oid
            ), leaf AS (
                SELECT relkind, reltuples, relpages,
                    CASE WHEN relkind IN ('r', 'm', 't') THEN coalesce(pg_relation_size(oid), 0) ELSE 0 END AS bytes
                FROM tree JOIN pg_class USING (oid)
            ), total AS (
                SELECT count(*) > 1 AS parent,
                    coalesce(bool_or(relkind = 'f'), false) AS has_foreign,
                    coalesce(sum(bytes), 0)::bigint AS bytes,
                    coalesce(bool_or(bytes > 0 AND relpages <= 0), false) AS unknown,
                    coalesce(sum(CASE WHEN relpages > 0 AND relkind <> 'p'
                        THEN reltuples / relpages * (bytes / current_setting('block_size')::int) END), 0) AS rows
                FROM leaf
            )
            SELECT nspname, relname, relkind, relpersistence, relrowsecurity, total.*,
                EXISTS (SELECT FROM pg_rewrite WHERE ev_class = c.oid AND ev_type = '1') AS select_rule
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace, total
            WHERE c.oid = ?::oid""";

    /** Only plain columns under their type's default operators and their own collation; INCLUDE columns don't count. */
    private static final String INDEXES = """
            SELECT ic.relname, indisunique, indisprimary, indnkeyatts, indkey::text AS keys
            FROM pg_index i
                JOIN pg_class ic ON ic.oid = indexrelid
                JOIN pg_am am ON am.oid = ic.relam AND amname = 'btree'
            WHERE indrelid = ?::oid AND indisvalid AND indisready AND indislive
                AND indpred IS NULL AND indexprs IS NULL
                AND NOT EXISTS (
                    SELECT FROM generate_series(0, indnkeyatts - 1) AS k
                        LEFT JOIN pg_attribute a ON attrelid = indrelid AND attnum = indkey[k] AND attnum > 0
                        LEFT JOIN pg_opclass o ON o.oid = indclass[k]
                    WHERE attnum IS NULL OR opcdefault IS NOT TRUE OR indcollation[k] <> attcollation)
            ORDER BY indisprimary DESC, indisunique DESC, ic.relname""";

    private TableReader() {}

    /** Returns the definition, or null where the relation doesn't exist (any longer). */
    static @Nullable TableDefinition read(Connection connection, long oid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            statement.setLong(1, oid);
            statement.setLong(2, oid);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return table(connection, oid, row);
                }
                return null;
            }
        }
    }

    private static TableDefinition table(Connection connection, long oid, ResultSet row) throws SQLException {
        String kind = row.getString("relkind");
        boolean inherited = kind.equals("r") && row.getBoolean("parent");
        List<ColumnDefinition> columns = ColumnReader.read(connection, oid, inherited);
        return new TableDefinition(
                oid,
                row.getString("nspname"),
                row.getString("relname"),
                kind.charAt(0),
                columns,
                indexes(connection, oid, inherited),
                row.getBoolean("unknown") ? -1 : Math.max(0, row.getDouble("rows")),
                row.getLong("bytes"),
                notCacheable(oid, kind, row));
    }

    private static @Nullable String notCacheable(long oid, String kind, ResultSet row) throws SQLException {
        String schema = row.getString("nspname");
        if (oid < FIRST_USER_OID
                || schema.equals("pg_catalog")
                || schema.equals("information_schema")
                || schema.equals("pg_toast")) {
            return "system catalog";
        }
        if (!kind.equals("r") && !kind.equals("p")) {
            return OTHER_KINDS.getOrDefault(kind, "relation of kind " + kind);
        }
        if (row.getString("relpersistence").equals("t")) {
            return "temporary table";
        }
        if (row.getBoolean("relrowsecurity")) {
            return "row-level security";
        }
        if (row.getBoolean("has_foreign")) {
            return "foreign table partition";
        }
        if (row.getBoolean("select_rule")) {
            return "rule on SELECT";
        }
        return null;
    }

    private static List<IndexDefinition> indexes(Connection connection, long oid, boolean inherited)
            throws SQLException {
        List<IndexDefinition> indexes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(INDEXES)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<Integer> attnums = Arrays.stream(row.getString("keys").split(" "))
                            .limit(row.getInt("indnkeyatts"))
                            .map(Integer::valueOf)
                            .toList();
                    // An index of an inheritance parent knows nothing of its children's rows.
                    boolean unique = row.getBoolean("indisunique") && !inherited;
                    boolean primary = row.getBoolean("indisprimary") && !inherited;
                    indexes.add(new IndexDefinition(row.getString("relname"), unique, primary, attnums));
                }
            }
        }
        return indexes;
    }
}
