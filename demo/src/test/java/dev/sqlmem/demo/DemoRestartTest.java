package dev.sqlmem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process, started again: its first statement is a hit, of which the server hears nothing. */
class DemoRestartTest {
    private static final long PATIENCE_SECONDS = 120;
    private static final String FIRST = TourPlan.CHAPTERS.get(0).steps().get(0).sql();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void servesItsFirstStatementFromTheCache() throws Exception {
        Path folder = directory.resolve("demo");
        Process tour = start("tour.txt", folder, "--exit");
        assertThat(tour.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(tour.exitValue()).as(read("tour.txt")).isZero();
        assertThat(read("tour.txt")).contains(FIRST).containsPattern("status = 'new' +miss");

        logEveryStatement(folder);
        Process again = start("again.txt", folder, "--no-tour");
        try {
            int port = port("again.txt", "SQLmem listens on 127\\.0\\.0\\.1:(\\d+) ");
            int page = port("again.txt", "Status page: http://127\\.0\\.0\\.1:(\\d+)/");
            port("again.txt", "psql -h 127\\.0\\.0\\.1 -p (\\d+) ");
            try (Connection client = ShopDatabase.connect(port)) {
                Counters before = Counters.read(client);
                assertThat(rows(client, FIRST)).isPositive();
                assertThat(Counters.read(client).routeSince(before)).isEqualTo("hit");
                assertThat(stat(client, "hits")).isEqualTo(1);
                assertThat(stat(client, "loads")).isZero();
            }
            assertThat(status(page, "/readyz")).isEqualTo(200);
            assertThat(status(page, "/")).isEqualTo(200);
        } finally {
            again.destroy();
        }
        assertThat(again.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(again.exitValue()).as(read("again.txt")).isZero();

        String log = Files.readString(folder.resolve("statements.log"));
        assertThat(log).as("the log is on").contains("SELECT");
        assertThat(log).as("nothing reads the table").doesNotContainPattern("(?i)from \\W*(public\\W+)?orders");
        assertThat(log).as("the client asks nothing").doesNotContain("'new'");
    }

    private Process start(String output, Path folder, String option) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Demo.class.getName(),
                        "--port",
                        "0",
                        "--http-port",
                        "0",
                        "--data",
                        folder.toString(),
                        option)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(output).toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    private static void logEveryStatement(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("data").resolve("postgresql.auto.conf"),
                """
                log_statement = 'all'
                logging_collector = on
                log_destination = 'stderr'
                log_directory = '%s'
                log_filename = 'statements.log'
                """.formatted(folder),
                StandardOpenOption.APPEND);
    }

    private int port(String output, String pattern) {
        Pattern line = Pattern.compile(pattern);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Matcher found = line.matcher(read(output));
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
            assertThat(System.nanoTime()).as(read(output)).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String read(String output) {
        try {
            return Files.readString(directory.resolve(output));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int rows(Connection client, String sql) throws SQLException {
        int count = 0;
        try (Statement statement = client.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }

    private static long stat(Connection client, String name) throws SQLException {
        try (Statement statement = client.createStatement();
                ResultSet row = statement.executeQuery("SELECT value FROM sqlmem.stats WHERE name = '" + name + "'")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
