package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceConnectionsTest {

    private static final String NAME = SharedPostgres.createDatabase("sessions");

    static {
        SharedPostgres.execute(
                NAME,
                "ALTER DATABASE " + NAME + " SET search_path = public",
                "ALTER DATABASE " + NAME + " SET statement_timeout = '1s'",
                "ALTER DATABASE " + NAME + " SET default_transaction_isolation = 'serializable'",
                "ALTER DATABASE " + NAME + " SET \"DateStyle\" = 'German'",
                "CREATE TABLE t (a int)");
    }

    private static final ServiceConnections SESSIONS =
            new ServiceConnections(UpstreamUrl.parse(SharedPostgres.url(NAME) + "&options=-c%20geqo%3Doff"));

    @AfterAll
    static void close() {
        SESSIONS.close();
    }

    @ParameterizedTest
    @CsvSource({
        "default_transaction_read_only, on",
        "transaction_isolation, read committed",
        "search_path, pg_catalog",
        "statement_timeout, 0",
        "lock_timeout, 2s",
        "row_security, off",
        "TimeZone, UTC",
        "DateStyle, 'ISO, MDY'",
        "synchronize_seqscans, off",
        "application_name, sqlmem",
        "geqo, off"
    })
    void setsItsSessionsUp(String setting, String value) throws Exception {
        String shown = SESSIONS.inTransaction(connection -> show(connection, setting));
        assertThat(shown).isEqualTo(value);
        String own = SESSIONS.inOwnSession(connection -> show(connection, setting));
        assertThat(own).isEqualTo(value);
    }

    @Test
    void cannotWrite() {
        assertThatThrownBy(() ->
                        SESSIONS.inTransaction(connection -> execute(connection, "INSERT INTO public.t VALUES (1)")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
    }

    @Test
    void forgetsWhatATransactionSet() throws Exception {
        SESSIONS.inTransaction(connection -> execute(connection, "SET search_path = nowhere"));
        assertThatThrownBy(() -> SESSIONS.inTransaction(
                        connection -> execute(connection, "SET search_path = nowhere; SELECT 1/0")))
                .isInstanceOf(SQLException.class);
        String shown = SESSIONS.inAutocommit(connection -> show(connection, "search_path"));
        assertThat(shown).isEqualTo("pg_catalog");
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
