package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;

/** What a person is told whose disk, address or typing is at fault: what to do, without a stack trace. */
class BrokenSurroundingsTest {
    private static final String COUNT = "SELECT count(filler) FROM broken_big";

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void fill() {
        UpstreamServer.execute(
                UpstreamServer.DATABASE,
                "CREATE TABLE broken_big (id int PRIMARY KEY, filler text)",
                "INSERT INTO broken_big SELECT n, repeat(md5(n::text), 20) FROM generate_series(1, 20000) AS n",
                "GRANT SELECT ON broken_big TO " + UpstreamServer.ROLE);
    }

    @Test
    void aMissingDirectoryForTheCacheIsToldAtTheStart() throws Exception {
        try (SqlmemProcess serve = SqlmemProcess.start(directory, variables("no/such/directory/cache.db"), serve())) {
            assertThat(ask(serve.awaitReady(), COUNT)).isEqualTo("20000");
            assertThat(serve.err().lines())
                    .singleElement()
                    .asString()
                    .matches(
                            "sqlmem: warning: the cache cannot be kept at no/such/directory/cache\\.db: there is no directory"
                                    + " for \\S+\\. Make the directory, or name another file with --cache-db\\.");
            serve.signal("TERM");
            assertThat(serve.exitCode()).isZero();
        }
    }

    @Test
    void aFullDiskIsToldToWhoAsksForASaveAndAtTheStop() throws Exception {
        try (SqlmemProcess serve = SqlmemProcess.startOnASmallDisk(6, directory, variables("cache.db"), serve())) {
            int port = serve.awaitReady();
            assertThat(serve.err()).isEmpty();
            assertThat(ask(port, COUNT)).isEqualTo("20000");

            PSQLException failure =
                    catchThrowableOfType(PSQLException.class, () -> ask(port, "SELECT sqlmem.backup()"));

            assertThat(failure.getSQLState()).isEqualTo("58030");
            assertThat(failure.getMessage())
                    .contains("the cache could not be saved: ")
                    .contains("name one on another disk with --cache-db.");
            assertThat(ask(port, COUNT)).isEqualTo("20000");
            serve.signal("TERM");
            assertThat(serve.exitCode()).isZero();
            assertThat(serve.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("sqlmem: warning: the cache could not be saved to cache.db: ")
                    .contains("on another disk");
            assertThat(Files.exists(directory.resolve("cache.db"))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:16432, this machine has no such address. Give one of its own with --listen.",
        "no-such-host.invalid:16432, no address is known for this name. Give an address of this machine with --listen.",
    })
    void anAddressOfAnotherMachineIsNotTakenForATakenPort(String address, String advice) throws Exception {
        try (SqlmemProcess serve = SqlmemProcess.start(
                directory,
                variables("none"),
                "serve",
                "--upstream",
                UpstreamServer.url(),
                "--allow-plain-public",
                "--listen",
                address)) {
            assertThat(serve.exitCode()).isEqualTo(1);
            assertThat(serve.err().lines()).containsExactly("sqlmem: cannot listen on " + address + ": " + advice);
        }
    }

    @Test
    void aMistypedFlagDoesNotShowThePasswordBehindIt() throws Exception {
        try (SqlmemProcess serve =
                SqlmemProcess.start(directory, variables("none"), "serve", "--upstrem", UpstreamServer.url())) {
            assertThat(serve.exitCode()).isEqualTo(2);
            assertThat(serve.err())
                    .contains("--upstrem")
                    .contains("app:***@127.0.0.1")
                    .contains("Did you mean")
                    .contains("--upstream")
                    .doesNotContain(UpstreamServer.ENCODED_PASSWORD);
        }
    }

    @Test
    void aFileOfNoNameIsAWrongSetting() throws Exception {
        try (SqlmemProcess serve = SqlmemProcess.start(
                directory, variables("none"), "serve", "--upstream", UpstreamServer.url(), "--cache-db=")) {
            assertThat(serve.exitCode()).isEqualTo(2);
            assertThat(serve.err().lines()).containsExactly("sqlmem: --cache-db: name a file, or none");
        }
    }

    @Test
    void aCommandTellsWhatTheProxyAnswers() throws Exception {
        try (SqlmemProcess serve = SqlmemProcess.start(directory, variables("none"), serve())) {
            String wrong = UpstreamServer.url("wrong", UpstreamServer.DATABASE)
                    .replace(":" + UpstreamServer.port(), ":" + serve.awaitReady());
            try (SqlmemProcess status = SqlmemProcess.start(directory, Map.of(), "status", "--connect", wrong)) {
                assertThat(status.exitCode()).isEqualTo(1);
                assertThat(status.err().lines())
                        .singleElement()
                        .asString()
                        .startsWith("sqlmem: 127.0.0.1:")
                        .contains(" answers: FATAL: password authentication failed");
            }
        }
    }

    private static String[] serve() {
        return List.of("serve", "--upstream", UpstreamServer.url(), "--listen", "127.0.0.1:0")
                .toArray(String[]::new);
    }

    private static Map<String, String> variables(String cacheDb) {
        return Map.of("SQLMEM_HTTP", "off", "SQLMEM_FILL_WAIT", "20s", "SQLMEM_CACHE_DB", cacheDb);
    }

    private static String ask(int port, String sql) throws SQLException {
        try (Connection client = UpstreamServer.connect(port);
                Statement statement = client.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
