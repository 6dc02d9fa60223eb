package dev.sqlmem.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * One PostgreSQL for the tests of this module, started by the first that asks and stopped with the JVM. The
 * superuser needs no password, {@link #ROLE} does.
 */
final class UpstreamServer {
    static final String ROLE = "app";
    static final String PASSWORD = "s3cret:/@";
    static final String ENCODED_PASSWORD = "s3cret%3A%2F%40";
    static final String DATABASE = "shop";

    private static final EmbeddedPostgres SERVER = start();

    private UpstreamServer() {}

    static int port() {
        return SERVER.getPort();
    }

    /** The upstream URL of the role, as an operator would write it. */
    static String url() {
        return url(ENCODED_PASSWORD, DATABASE);
    }

    static String url(String encodedPassword, String database) {
        return "postgresql://" + ROLE + ":" + encodedPassword + "@127.0.0.1:" + port() + "/" + database;
    }

    /** The superuser's URL. */
    static String superuserUrl() {
        return "postgresql://postgres@127.0.0.1:" + port() + "/" + DATABASE;
    }

    /** A connection of the role's by JDBC, at this port: the server's own or a proxy's. */
    static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, ROLE, PASSWORD);
    }

    /** Runs statements as the superuser. */
    static void execute(String database, String... statements) {
        try (Connection connection = DriverManager.getConnection(SERVER.getJdbcUrl("postgres", database));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            Path rules = Files.createTempFile("sqlmem-cli", ".conf");
            rules.toFile().deleteOnExit();
            Files.write(rules, List.of("host all postgres samehost trust", "host all all samehost scram-sha-256"));
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("hba_file", rules.toString())
                    .start();
            prepare(server);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void prepare(EmbeddedPostgres server) {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + ROLE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
