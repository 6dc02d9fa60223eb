package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.junit.jupiter.params.provider.ValueSource;

/** {@code serve} as a process: what it says, what it logs, and the code that it ends with. */
class ServeProcessTest {
    private static final String SECRET = "needle";

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void fill() {
        UpstreamServer.execute(
                UpstreamServer.DATABASE,
                "CREATE TABLE serve_orders (id int PRIMARY KEY, note text)",
                "INSERT INTO serve_orders SELECT n, 'needle' FROM generate_series(1, 100) AS n",
                "GRANT SELECT ON serve_orders TO app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void saysOneLineAndEndsWithZeroOnASignal(String signal) throws Exception {
        try (SqlmemProcess serve = serve()) {
            int port = serve.awaitReady();
            ask(port, "SELECT note FROM serve_orders WHERE id = 7");
            serve.signal(signal);

            assertThat(serve.exitCode()).isZero();
            assertThat(serve.out().lines())
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + port)
                    .contains("postgresql://app:***@127.0.0.1")
                    .contains("read-only");
            assertThat(serve.err()).isEmpty();
        }
    }

    @Test
    void logsInJsonThatParsesWithoutAValueOrAPassword() throws Exception {
        Path log = directory.resolve("sqlmem.json");
        try (SqlmemProcess serve = serve("--log", log.toString(), "--log-format", "json")) {
            int port = serve.awaitReady();
            ask(port, "SELECT note FROM serve_orders WHERE note = 'needle'");
            serve.awaitText(log, "loaded ");
            serve.signal("TERM");
            assertThat(serve.exitCode()).isZero();
        }
        List<String> lines = Files.readAllLines(log);
        try (Connection server = UpstreamServer.connect(UpstreamServer.port());
                Statement statement = server.createStatement()) {
            for (String line : lines) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT (j->>'time')::timestamptz, j->>'level', j->>'message' FROM (SELECT $$" + line
                                + "$$::json AS j) AS l")) {
                    row.next();
                    assertThat(row.getTimestamp(1)).isNotNull();
                    assertThat(row.getString(2)).isEqualTo("INFO");
                    assertThat(row.getString(3)).isNotBlank();
                }
            }
        }
        assertThat(String.join("\n", lines))
                .contains("listening on")
                .contains("loaded shop.public.serve_orders(note): 100 rows")
                .contains("stopped")
                .doesNotContain(SECRET)
                .doesNotContain(UpstreamServer.PASSWORD)
                .doesNotContain(UpstreamServer.ENCODED_PASSWORD);
    }

    @Test
    void logsStatementsWhereDotEnvAsksForDebug() throws Exception {
        Files.writeString(directory.resolve(".env"), "SQLMEM_DEBUG=true\nSQLMEM_LOG=stderr\n");
        try (SqlmemProcess serve = serve()) {
            int port = serve.awaitReady();
            ask(port, "SELECT note FROM serve_orders WHERE note = 'needle'");
            ask(port, "SELECT note FROM serve_orders WHERE note = 'needle'");
            serve.signal("TERM");
            assertThat(serve.exitCode()).isZero();
            assertThat(serve.err())
                    .contains("DEBUG StatementLog session ")
                    .contains("serve, hit, 100 rows")
                    .doesNotContain(SECRET)
                    .doesNotContain(UpstreamServer.PASSWORD);
            assertThat(serve.out().lines()).hasSize(1);
        }
    }

    @Test
    void readsTheLogLevelAgainOnSighup() throws Exception {
        Path log = directory.resolve("sqlmem.log");
        Path dotEnv = Files.writeString(directory.resolve(".env"), "SQLMEM_LOG_LEVEL=info\n");
        try (SqlmemProcess serve = serve("--log", log.toString())) {
            int port = serve.awaitReady();
            ask(port, "SELECT count(*) FROM serve_orders");
            Files.writeString(dotEnv, "SQLMEM_LOG_LEVEL=debug\n");
            serve.signal("HUP");
            serve.awaitText(log, "SIGHUP: the log level is DEBUG");
            assertThat(ask(port, "SELECT value FROM sqlmem.settings WHERE name = 'log-level' AND source = '.env'"))
                    .isEqualTo("debug");
            serve.awaitText(log, "local, 1 row");

            Files.writeString(dotEnv, "SQLMEM_LOG_LEVEL=loud\n");
            serve.signal("HUP");
            serve.awaitText(log, "The log level stays as it is.");
            serve.signal("TERM");
            assertThat(serve.exitCode()).isZero();
            assertThat(Files.readString(log)).doesNotContain("StatementLog session 0");
        }
    }

    @Test
    void showsItsStatusOnceAndAgainAndAgain() throws Exception {
        try (SqlmemProcess serve = serve()) {
            int port = serve.awaitReady();
            ask(port, "SELECT note FROM serve_orders WHERE id = 7");
            ask(port, "SELECT note FROM serve_orders WHERE id = 8");
            String proxy = UpstreamServer.url().replace(":" + UpstreamServer.port(), ":" + port);
            try (SqlmemProcess once = SqlmemProcess.start(directory, Map.of(), "status", "--connect", proxy)) {
                assertThat(once.exitCode()).isZero();
                assertThat(once.out())
                        .containsPattern(
                                "[1-9]\\d* of \\d+ statements were answered without the server \\(\\d+\\.\\d%\\)")
                        .contains("Counters", "Tables", "serve_orders", "select note from serve_orders where id = ?");
            }
            try (SqlmemProcess watch =
                    SqlmemProcess.start(directory, Map.of(), "status", "--watch=100ms", "--connect", proxy)) {
                watch.awaitOutput("Counters", 3);
                watch.signal("INT");
                assertThat(watch.exitCode()).isZero();
                assertThat(watch.out()).contains(", every 100ms").doesNotContain("\033");
                assertThat(watch.err()).isEmpty();
            }
            try (SqlmemProcess watch =
                    SqlmemProcess.start(directory, Map.of(), "status", "--watch=100ms", "--connect", proxy)) {
                watch.awaitOutput("Counters", 1);
                serve.signal("TERM");
                assertThat(serve.exitCode()).isZero();
                assertThat(watch.exitCode()).isEqualTo(1);
                assertThat(watch.err().lines()).singleElement().asString().startsWith("sqlmem: ");
            }
        }
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SqlmemProcess serve =
                        start("--upstream", UpstreamServer.url(), "--listen", "127.0.0.1:" + taken.getLocalPort())) {
            assertThat(serve.exitCode()).isEqualTo(1);
            oneLine(serve, "cannot listen on 127.0.0.1:" + taken.getLocalPort(), "--listen");
        }
    }

    @Test
    void saysThatNobodyAnswersAtTheUpstream() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        try (SqlmemProcess serve = start("--upstream", "postgresql://app:s3cret@127.0.0.1:" + nobody + "/shop")) {
            assertThat(serve.exitCode()).isEqualTo(1);
            oneLine(serve, "Nothing accepts connections at 127.0.0.1:" + nobody, "Check that the server runs");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wrong|shop|rejected the password of role app|Check user and password in --upstream",
                "s3cret%3A%2F%40|nowhere|There is no database \"nowhere\"|Check the name",
                "s3cret%3A%2F%40|shop?sslmode=require|TLS with 127.0.0.1|Check sslmode",
            })
    void saysWhyTheUpstreamDoesNotLetItIn(String password, String database, String what, String check)
            throws Exception {
        try (SqlmemProcess serve =
                start("--listen", "127.0.0.1:0", "--upstream", UpstreamServer.url(password, database))) {
            assertThat(serve.exitCode()).isEqualTo(1);
            oneLine(serve, what, check);
        }
    }

    @Test
    void saysThatTheHostIsNotKnown() throws Exception {
        try (SqlmemProcess serve = start("--upstream", "postgresql://app:s3cret@no-such-host.invalid/shop")) {
            assertThat(serve.exitCode()).isEqualTo(1);
            oneLine(serve, "No address is known for no-such-host.invalid", "Check the host name");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--upstream mysql://app:s3cret@127.0.0.1/shop|--upstream: |postgresql://",
                "--upstream postgresql://app:s3cret@127.0.0.1:port/shop|--upstream: |1 to 65535",
                "--listen 127.0.0.1:0|no upstream|--upstream postgresql://",
                "--upstream postgresql://app:s3cret@127.0.0.1/shop --log /no/such/dir/x.log|cannot write this file|Check that",
                "--upstream postgresql://app:s3cret@127.0.0.1/shop --tls-cert /no/such.pem|cannot read the file|/no/such.pem",
            })
    void saysWhatIsWrongWithASetting(String arguments, String what, String check) throws Exception {
        try (SqlmemProcess serve = start(arguments.split(" "))) {
            assertThat(serve.exitCode()).isEqualTo(2);
            oneLine(serve, what, check);
        }
    }

    @Test
    void saysThatAFlagIsUnknown() throws Exception {
        try (SqlmemProcess serve = start("--no-such-flag")) {
            assertThat(serve.exitCode()).isEqualTo(2);
            assertThat(serve.out()).isEmpty();
            assertThat(serve.err()).contains("--no-such-flag").contains("Try 'sqlmem serve --help'.");
        }
    }

    private static void oneLine(SqlmemProcess serve, String what, String check) {
        assertThat(serve.out()).isEmpty();
        assertThat(serve.err().lines())
                .singleElement()
                .asString()
                .startsWith("sqlmem: ")
                .contains(what)
                .contains(check)
                .doesNotContain("s3cret");
    }

    private SqlmemProcess serve(String... more) throws IOException {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(
                new String[] {"--upstream", UpstreamServer.url(), "--listen", "127.0.0.1:0"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return start(arguments);
    }

    private SqlmemProcess start(String... arguments) throws IOException {
        String[] all = new String[arguments.length + 1];
        all[0] = "serve";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        // A young JVM on a busy machine plans slowly; no test here is about statements that are relayed meanwhile.
        Map<String, String> variables =
                Map.of("SQLMEM_HTTP", "off", "SQLMEM_CACHE_DB", "none", "SQLMEM_FILL_WAIT", "20s");
        return SqlmemProcess.start(directory, variables, all);
    }

    private static String ask(int port, String sql) throws SQLException {
        try (Connection client = UpstreamServer.connect(port);
                Statement statement = client.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
