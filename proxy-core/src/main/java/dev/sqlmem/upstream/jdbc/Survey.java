package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.upstream.url.ConnectionAdvice;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator should know of the upstream before a proxy stands in front of it.
 *
 * @param facts of server and database
 * @param superuser whether the service account is one
 * @param standby whether the server is in recovery
 * @param tls protocol and cipher of the connection; null: it is not encrypted
 * @param freeConnections how many more sessions the server takes from ordinary roles
 * @param catalogs why the service account cannot read the catalogs; null: it can
 * @param tables the tables of users, partitions counted with their parents, the largest first
 */
public record Survey(
        ServerFacts facts,
        boolean superuser,
        boolean standby,
        @Nullable String tls,
        int freeConnections,
        @Nullable String catalogs,
        List<TableSurvey> tables) {

    private static final String SESSION = """
            SELECT usesuper, pg_is_in_recovery(), CASE WHEN ssl THEN concat_ws(', ', version, cipher) END,
                current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                    - (SELECT sum(numbackends) FROM pg_stat_database)::int
            FROM pg_user, pg_stat_ssl WHERE usename = current_user AND pid = pg_backend_pid()""";

    private static final String TABLES = """
            SELECT format('%I.%I', nspname, relname),
                CASE relkind WHEN 'p'
                    THEN (SELECT coalesce(sum(pg_relation_size(relid)), 0) FROM pg_partition_tree(c.oid))
                    ELSE pg_relation_size(c.oid) END AS bytes,
                has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT'), relrowsecurity
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p') AND relpersistence <> 't' AND NOT relispartition
                AND nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'
            ORDER BY bytes DESC NULLS LAST, 1""";

    public Survey {
        tables = List.copyOf(tables);
    }

    /**
     * Asks the server, over sessions of the service account's that end with this call. Blocks.
     *
     * @throws SQLException as {@link ServiceDatabase}'s methods; {@link ConnectionAdvice} says what to do
     */
    public static Survey of(UpstreamUrl url) throws SQLException {
        try (ServiceDatabase service = new ServiceDatabase(url);
                ServiceConnections sessions = new ServiceConnections(url)) {
            ServerFacts facts = service.facts();
            String catalogs = catalogs(service);
            return sessions.inOwnSession(connection -> read(connection, facts, catalogs));
        }
    }

    /** Tries what a proxy asks of the catalogs. */
    private static @Nullable String catalogs(ServiceDatabase service) {
        try {
            service.catalogRelations();
            service.fingerprint(List.of());
            return null;
        } catch (SQLException denied) {
            return String.valueOf(denied.getMessage());
        }
    }

    private static Survey read(Connection connection, ServerFacts facts, @Nullable String catalogs)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SESSION)) {
            row.next();
            return new Survey(
                    facts,
                    row.getBoolean(1),
                    row.getBoolean(2),
                    row.getString(3),
                    row.getInt(4),
                    catalogs,
                    tables(connection));
        }
    }

    private static List<TableSurvey> tables(Connection connection) throws SQLException {
        List<TableSurvey> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                tables.add(new TableSurvey(row.getString(1), row.getLong(2), row.getBoolean(3), row.getBoolean(4)));
            }
        }
        return tables;
    }
}
