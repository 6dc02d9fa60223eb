package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.storage.OpaqueCodec;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.storage.TypeCodecs;
import dev.sqlmem.storage.TypeTraits;
import dev.sqlmem.storage.TypeTraits.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads a relation's columns: base types of domains, collations, what can hold nulls. */
final class ColumnReader {

    private static final long DEFAULT_COLLATION = 100;

    /** As getBaseTypeAndTypmod walks a domain's chain: the innermost domain's modifier counts. */
    private static final String COLUMNS = """
            SELECT attnum, attname, format_type(atttypid, atttypmod) AS type_name,
                typtype = 'd' AS is_domain,
                CASE typtype WHEN 'd' THEN base.type_oid ELSE atttypid END AS type_oid,
                CASE typtype WHEN 'd' THEN base.typmod ELSE atttypmod END AS typmod,
                %s AS not_null,
                attcollation, collprovider, collisdeterministic, %s AS locale, %s AS collation_version, collctype,
                %s AS database_provider, %s AS database_locale, datctype,
                pg_encoding_to_char(encoding) = 'UTF8' AS utf8
            FROM pg_attribute a
                JOIN pg_type t ON t.oid = atttypid
                JOIN pg_database d ON datname = current_database()
                LEFT JOIN pg_collation co ON co.oid = attcollation
                LEFT JOIN LATERAL (
                    WITH RECURSIVE domain (type_oid, typmod, depth) AS (
                        SELECT t.typbasetype, t.typtypmod, 1 WHERE t.typtype = 'd'
                        UNION ALL
                        SELECT typbasetype, typtypmod, depth + 1
                        FROM domain JOIN pg_type ON oid = domain.type_oid WHERE typtype = 'd')
                    SELECT type_oid, typmod FROM domain ORDER BY depth DESC LIMIT 1) base ON true
            WHERE attrelid = ?::oid AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum""";

    /** Since 18 a NOT NULL constraint can be there without having been checked. */
    private static final String CHECKED_NOT_NULL = """
            (attnotnull AND NOT EXISTS (SELECT FROM pg_constraint
                WHERE conrelid = attrelid AND contype = 'n' AND conkey[1] = attnum AND NOT convalidated))""";

    private ColumnReader() {}

    /** Reads the columns; of an inheritance parent none counts as NOT NULL, as its children may differ. */
    static List<ColumnDefinition> read(Connection connection, long oid, boolean inherited) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        String sql = COLUMNS.formatted(
                major >= 18 ? CHECKED_NOT_NULL : "attnotnull",
                Collations.collationLocale(major),
                Collations.version(major),
                Collations.databaseProvider(major),
                Collations.databaseLocale(major));
        List<ColumnDefinition> columns = new ArrayList<>();
        TypeReader types = new TypeReader(connection, major);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(column(row, inherited, types));
                }
            }
        }
        return columns;
    }

    private static ColumnDefinition column(ResultSet row, boolean inherited, TypeReader types) throws SQLException {
        int typeOid = (int) row.getLong("type_oid");
        int typmod = row.getInt("typmod");
        String typeName = row.getString("type_name");
        TypeTraits traits = types.traits(typeOid);
        if (traits != null && traits.kind() == Kind.ENUM && row.getBoolean("is_domain")) {
            // The operators of enumerated types do not take domains; the label is both formats.
            traits = TypeTraits.opaque(traits.length(), OpaqueCodec.Form.SAME, traits.labels());
        }
        TextOrder order = order(row);
        TypeCodec codec;
        if (traits == null) {
            codec = null;
        } else {
            codec = TypeCodecs.of(typeOid, typmod, traits);
        }
        return new ColumnDefinition(
                row.getInt("attnum"),
                row.getString("attname"),
                typeOid,
                typeName,
                typmod,
                row.getBoolean("not_null") && !inherited,
                traits == null ? TypeTraits.BUILT_IN : traits,
                order,
                (int) row.getLong("attcollation"),
                order == TextOrder.UNKNOWN && row.getBoolean("utf8") ? row.getString("collation_version") : "",
                plainCase(row),
                codec != null ? null : "type " + typeName);
    }

    private static boolean plainCase(ResultSet row) throws SQLException {
        long collation = row.getLong("attcollation");
        return Collations.plainCase(
                        row.getString("database_provider"), row.getString("database_locale"), row.getString("datctype"))
                && (collation == 0
                        || collation == DEFAULT_COLLATION
                        || Collations.plainCase(
                                row.getString("collprovider"), row.getString("locale"), row.getString("collctype")));
    }

    private static TextOrder order(ResultSet row) throws SQLException {
        long collation = row.getLong("attcollation");
        if (collation == 0) {
            return TextOrder.NOT_TEXT;
        }
        boolean utf8 = row.getBoolean("utf8");
        if (collation == DEFAULT_COLLATION) {
            return Collations.order(row.getString("database_provider"), row.getString("database_locale"), true, utf8);
        }
        return Collations.order(
                row.getString("collprovider"), row.getString("locale"), row.getBoolean("collisdeterministic"), utf8);
    }
}
