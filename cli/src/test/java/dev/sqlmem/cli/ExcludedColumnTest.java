package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rule keeps out leaves cache.db as well, where it was in there before the rule; the file is its owner's alone. */
class ExcludedColumnTest {
    private static final String NEEDLE = "b5d0haystack1f77";

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void fill() {
        UpstreamServer.execute(
                UpstreamServer.DATABASE,
                "CREATE TABLE excluded_users (id int PRIMARY KEY, password_hash text)",
                "INSERT INTO excluded_users SELECT n, '" + NEEDLE + "' FROM generate_series(1, 100) AS n",
                "GRANT SELECT ON excluded_users TO " + UpstreamServer.ROLE);
    }

    @Test
    void aFileFromBeforeTheRuleIsWrittenAnew() throws Exception {
        Path file = directory.resolve("cache.db");
        try (SqlmemProcess serve = serve("none");
                Connection client = UpstreamServer.connect(serve.awaitReady())) {
            assertThat(one(client, "SELECT password_hash FROM excluded_users WHERE id = 7"))
                    .isEqualTo(NEEDLE);
            serve.signal("TERM");
            assertThat(serve.exitCode()).isZero();
        }
        assertThat(text(file)).contains(NEEDLE);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        try (SqlmemProcess serve = serve("excluded_users:-password_hash");
                Connection client = UpstreamServer.connect(serve.awaitReady())) {
            await(() -> !text(file).contains(NEEDLE));
            assertThat(one(client, "SELECT password_hash FROM excluded_users WHERE id = 7"))
                    .isEqualTo(NEEDLE);
            assertThat(one(client, "SELECT count(*) FROM excluded_users WHERE id > 90"))
                    .isEqualTo("10");
            assertThat(one(client, "SELECT columns FROM sqlmem.tables WHERE name = 'excluded_users'"))
                    .isEqualTo("id");
            assertThat(one(client, "SELECT sqlmem.backup()")).startsWith("saved 1 table");
            assertThat(text(file)).doesNotContain(NEEDLE);
        }
    }

    private SqlmemProcess serve(String rules) throws Exception {
        Map<String, String> variables = Map.of("SQLMEM_HTTP", "off", "SQLMEM_FILL_WAIT", "20s", "SQLMEM_TABLE", rules);
        return SqlmemProcess.start(
                directory, variables, "serve", "--upstream", UpstreamServer.url(), "--listen", "127.0.0.1:0");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static String one(Connection client, String sql) throws SQLException {
        try (Statement statement = client.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
