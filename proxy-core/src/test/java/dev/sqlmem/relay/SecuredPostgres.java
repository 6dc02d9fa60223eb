package dev.sqlmem.relay;

import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.upstream.url.UpstreamUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A PostgreSQL with TLS, whose roles sign in by cleartext password, md5 and SCRAM. Started by the first test
 * that asks, stopped with the JVM.
 *
 * <p>Its certificate names {@code localhost}, not 127.0.0.1.
 */
final class SecuredPostgres {
    /** Needs no password. */
    static final String SUPERUSER = "postgres";

    static final String CLEARTEXT = "relay_cleartext";
    static final String MD5 = "relay_md5";
    static final String SCRAM = "relay_scram";

    /** May come over TLS only, with SCRAM. */
    static final String ENCRYPTED = "relay_encrypted";

    /** The password of all roles; quotes and non-ASCII letters travel as they are. */
    static final String PASSWORD = "s3cr'et größer";

    private static final Path DIRECTORY = temporary();
    private static final Certificate CERTIFICATE = Certificate.create(DIRECTORY, "server", "dns:localhost");
    private static final EmbeddedPostgres SERVER = start();

    private SecuredPostgres() {}

    static int port() {
        return SERVER.getPort();
    }

    static Certificate certificate() {
        return CERTIFICATE;
    }

    /** A directory for files of the tests, which goes with the JVM. */
    static Path directory() {
        return DIRECTORY;
    }

    /** The superuser's libpq URL, with these parameters behind the question mark. */
    static String url(String host, String parameters) {
        return "postgresql://" + SUPERUSER + "@" + host + ":" + port() + "/postgres?" + parameters;
    }

    /** Starts a read-only proxy in front of this server, as {@link #url} with these changes to its defaults. */
    static ProxyUnderTest proxy(String host, String parameters, UnaryOperator<ProxyConfig.Builder> changes) {
        ProxyConfig.Builder builder = ProxyConfig.builder(UpstreamUrl.parse(url(host, parameters)))
                .listen("127.0.0.1", 0)
                .fillWait(Duration.ofSeconds(20));
        return ProxyUnderTest.start(changes.apply(builder).build());
    }

    private static EmbeddedPostgres start() {
        try {
            Path rules = Files.write(
                    DIRECTORY.resolve("pg_hba.conf"),
                    Arrays.asList(
                            "host all " + SUPERUSER + " samehost trust",
                            "host all " + CLEARTEXT + " samehost password",
                            "host all " + MD5 + " samehost md5",
                            "hostssl all " + ENCRYPTED + " samehost scram-sha-256",
                            "host all " + SCRAM + " samehost scram-sha-256"));
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("hba_file", rules.toString())
                    .setServerConfig("ssl", "on")
                    .setServerConfig("ssl_cert_file", CERTIFICATE.certificate().toString())
                    .setServerConfig("ssl_key_file", CERTIFICATE.key().toString())
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
            createRoles(server);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createRoles(EmbeddedPostgres server) {
        String password = "'" + PASSWORD.replace("'", "''") + "'";
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl(SUPERUSER, "postgres"));
                Statement statement = connection.createStatement()) {
            for (String role : new String[] {CLEARTEXT, SCRAM, ENCRYPTED}) {
                statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD " + password);
            }
            statement.execute("SET password_encryption = 'md5'");
            statement.execute("CREATE ROLE " + MD5 + " LOGIN PASSWORD " + password);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path temporary() {
        try {
            Path directory = Files.createTempDirectory("sqlmem-relay");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
