package dev.sqlmem.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of its own with the sample data, all of it in one temporary folder. */
final class ShopDatabase implements AutoCloseable {
    private static final String USER = "postgres";
    private static final String DATABASE = "shop";

    private final Path folder;
    private final EmbeddedPostgres postgres;

    private ShopDatabase(Path folder, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.postgres = postgres;
    }

    /**
     * Starts the server on a free port of 127.0.0.1 and fills it.
     *
     * @throws IOException when PostgreSQL does not start on this machine; nothing is left behind then
     */
    static ShopDatabase start() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("sqlmem-demo-");
        EmbeddedPostgres postgres;
        try {
            postgres = server(folder);
        } catch (IOException | RuntimeException refused) {
            delete(folder);
            throw new IOException(
                    "PostgreSQL does not start on this machine (" + refused.getMessage()
                            + "). It refuses to run as root where user namespaces are not allowed:"
                            + " try as an ordinary user",
                    refused);
        }
        ShopDatabase shop = new ShopDatabase(folder, postgres);
        try {
            shop.fill();
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

    /** Stops the server and deletes every file of it. */
    @Override
    public void close() throws IOException {
        postgres.close();
        delete(folder);
    }

    private static EmbeddedPostgres server(Path folder) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("server").toFile())
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(true)
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
            for (String command : script()) {
                statement.execute(command);
            }
        }
    }

    /** One statement at a time: VACUUM does not run together with others. */
    private static List<String> script() throws IOException {
        try (InputStream in = ShopDatabase.class.getResourceAsStream("shop.sql")) {
            if (in == null) {
                throw new IOException("shop.sql is missing from the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split(";"))
                    .filter(command -> !command.isBlank())
                    .toList();
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, "");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
