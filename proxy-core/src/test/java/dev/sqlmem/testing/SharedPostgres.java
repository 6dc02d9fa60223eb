package dev.sqlmem.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of a JVM, started by the first that asks and stopped with the JVM.
 * Tests keep apart by databases of their own; roles they name after themselves, as the server shares them.
 * Everyone may log in as anyone: {@code pg_hba.conf} trusts the loopback.
 *
 * <p>{@code -Dsqlmem.test.port=N} runs the tests against a server of another version at 127.0.0.1:N.
 */
public final class SharedPostgres {

    /** The bootstrap superuser. */
    public static final String SUPERUSER = "postgres";

    private static final int EXTERNAL_PORT = Integer.getInteger("sqlmem.test.port", 0);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private SharedPostgres() {}

    /** Returns the server's port on 127.0.0.1. */
    public static int port() {
        return EXTERNAL_PORT != 0 ? EXTERNAL_PORT : Server.INSTANCE.getPort();
    }

    /** Returns the server's major version. */
    public static int version() {
        try (Connection connection = connect("postgres")) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates a database with the server's default locale and returns its name, which starts with {@code name}. */
    public static String createDatabase(String name) {
        return createDatabase(name, "");
    }

    /** The same with more options of CREATE DATABASE, {@code TEMPLATE template0 LOCALE 'C'} for instance. */
    public static String createDatabase(String name, String options) {
        String database = name + "_" + NUMBER.incrementAndGet();
        execute(
                "postgres",
                "DROP DATABASE IF EXISTS \"" + database + "\"",
                "CREATE DATABASE \"" + database + "\" " + options);
        return database;
    }

    /** Returns a JDBC URL for the superuser. */
    public static String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=" + SUPERUSER;
    }

    /** Returns a libpq URL for the superuser. */
    public static String url(String database) {
        return url(database, SUPERUSER);
    }

    /** Returns a libpq URL for a role. */
    public static String url(String database, String role) {
        return "postgresql://" + role + "@127.0.0.1:" + port() + "/" + database + "?sslmode=disable";
    }

    /** Opens a superuser's connection; the caller closes it. */
    public static Connection connect(String database) {
        try {
            return DriverManager.getConnection(jdbcUrl(database));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements as the superuser, each in a transaction of its own. */
    public static void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                // The instance stops itself in a shutdown hook.
                return EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C")
                        .setServerConfig("wal_level", "logical")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_prepared_transactions", "10")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
