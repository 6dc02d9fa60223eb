package dev.sqlmem.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of its own with the sample data, which stay in their folder from one start to the next. */
final class ShopDatabase implements AutoCloseable {
    private static final String USER = "postgres";
    private static final String DATABASE = "shop";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;

    private ShopDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Whether the folder holds the sample data already, so that a start is quick. */
    static boolean isKept(DemoFolder folder) throws IOException {
        return folder.holds(script());
    }

    /**
     * Starts the server on a free port of 127.0.0.1, and fills it where it has not been filled yet. Kept data that
     * cannot be used (of another version, damaged) are made anew.
     *
     * @throws IOException when PostgreSQL does not start on this machine
     */
    static ShopDatabase start(DemoFolder folder) throws IOException, SQLException {
        folder.endLeftServer();
        if (isKept(folder)) {
            try {
                return new ShopDatabase(server(folder));
            } catch (IOException | RuntimeException unusable) {
                folder.endLeftServer();
            }
        }
        folder.empty();
        EmbeddedPostgres postgres;
        try {
            postgres = server(folder);
        } catch (IOException | RuntimeException refused) {
            throw new IOException(
                    "PostgreSQL does not start on this machine (" + refused.getMessage()
                            + "). It refuses to run as root where user namespaces are not allowed:"
                            + " try as an ordinary user. It needs some 300 MB in " + folder.root(),
                    refused);
        }
        ShopDatabase shop = new ShopDatabase(postgres);
        try {
            shop.fill();
            folder.filledWith(script());
        } catch (IOException | SQLException | RuntimeException failure) {
            shop.close();
            throw failure;
        }
        return shop;
    }

    /** The server as a libpq URL. */
    String url() {
        return "postgresql://" + USER + "@127.0.0.1:" + postgres.getPort() + "/" + DATABASE;
    }

    /** A connection to the server itself. */
    Connection connect() throws SQLException {
        return connect(postgres.getPort());
    }

    /** A connection to what listens on a port of this machine: the server, or the proxy in front of it. */
    static Connection connect(int port) throws SQLException {
        return connect(port, DATABASE);
    }

    /** Stops the server; its files stay. */
    @Override
    public void close() throws IOException {
        postgres.close();
    }

    private static EmbeddedPostgres server(DemoFolder folder) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.programs().toFile())
                .setDataDirectory(folder.data())
                .setCleanDataDirectory(false)
                .setPGStartupWait(START_PATIENCE)
                // The demo's own stop signal decides when the server stops: after the proxy.
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .start();
    }

    private void fill() throws IOException, SQLException {
        try (Connection maintenance = connect(postgres.getPort(), USER);
                Statement statement = maintenance.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        try (Connection shop = connect();
                Statement statement = shop.createStatement()) {
            for (String command : commands()) {
                statement.execute(command);
            }
        }
    }

    /** One statement at a time: VACUUM does not run together with others. */
    private static List<String> commands() throws IOException {
        return Stream.of(script().split(";"))
                .filter(command -> !command.isBlank())
                .toList();
    }

    private static String script() throws IOException {
        try (InputStream in = ShopDatabase.class.getResourceAsStream("shop.sql")) {
            if (in == null) {
                throw new IOException("shop.sql is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, "");
    }
}
