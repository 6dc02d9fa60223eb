package dev.sqlmem.upstream.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what holds for a whole database. */
final class FactsReader {

    private static final String FACTS = """
            SELECT current_setting('server_version_num')::int, datname, pg_encoding_to_char(encoding), %s, %s,
                has_function_privilege('pg_control_system()', 'EXECUTE')
            FROM pg_database d WHERE datname = current_database()""";

    private static final String CATALOG_RELATIONS = """
            SELECT relname FROM pg_class
            WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind IN ('r', 'v', 'm', 'p', 'f', 'S')""";

    private static final String SESSION = """
            SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = ?
                AND coalesce(backend_start <= clock_timestamp() - ? * interval '1 millisecond', true))""";

    private FactsReader() {}

    static ServerFacts facts(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        String sql = FACTS.formatted(Collations.databaseProvider(major), Collations.databaseLocale(major));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            String provider = row.getString(4);
            String locale = row.getString(5);
            String encoding = row.getString(3);
            return new ServerFacts(
                    row.getInt(1),
                    row.getString(2),
                    encoding,
                    provider.charAt(0),
                    locale,
                    Collations.order(provider, locale, true, encoding.equals("UTF8")),
                    row.getBoolean(6) ? systemIdentifier(connection) : null);
        }
    }

    static Set<String> catalogRelations(Connection connection) throws SQLException {
        return names(connection, CATALOG_RELATIONS);
    }

    static boolean hasSession(Connection connection, int pid, Duration beganBefore) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SESSION)) {
            statement.setInt(1, pid);
            statement.setLong(2, beganBefore.toMillis());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    static Set<String> databases(Connection connection) throws SQLException {
        return names(connection, "SELECT datname FROM pg_database WHERE datallowconn");
    }

    private static Set<String> names(Connection connection, String sql) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return Set.copyOf(names);
    }

    private static @Nullable String systemIdentifier(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT system_identifier::text FROM pg_control_system()")) {
            if (row.next()) {
                return row.getString(1);
            }
            return null;
        }
    }
}
