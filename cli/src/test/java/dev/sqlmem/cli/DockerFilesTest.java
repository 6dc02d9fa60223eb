package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.settings.Flag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files for containers and systemd say fits the product; the sample of compose shows a hit. */
class DockerFilesTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path COMPOSE = PROJECT.resolve("docker/compose.yaml");

    /** Read by the script that starts Java in the image, not by the product. */
    private static final String JAVA_OPTIONS = "SQLMEM_JAVA_OPTIONS";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void setOnlyVariablesThatThereAre() throws IOException {
        Set<String> known = Stream.of(Flag.values()).map(Flag::variable).collect(Collectors.toCollection(TreeSet::new));
        known.add(JAVA_OPTIONS);
        int checked = 0;
        for (Path file : files()) {
            Set<String> named = Pattern.compile("\\bSQLMEM_[A-Z_]+")
                    .matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group())
                    .collect(Collectors.toSet());
            assertThat(known).as(file.toString()).containsAll(named);
            checked += named.size();
        }
        assertThat(checked).isGreaterThan(20);
    }

    @Test
    void theImageIsBuiltFromWhatTheContextHas() throws IOException {
        List<String> kept = Files.readAllLines(PROJECT.resolve(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        assertThat(kept).contains("pom.xml", ".mvn", "docker/sqlmem", "docker/sqlmem-health");
        assertThat(kept).allSatisfy(name -> assertThat(PROJECT.resolve(name)).exists());
        for (String script : List.of("docker/sqlmem", "docker/sqlmem-health")) {
            assertThat(PROJECT.resolve(script)).isExecutable();
        }
    }

    @Test
    void theComposeSampleShowsAHit() throws Exception {
        UpstreamServer.execute("postgres", "CREATE DATABASE compose TEMPLATE template0");
        UpstreamServer.execute("compose", Files.readString(PROJECT.resolve("docker/initdb/shop.sql")));
        Map<String, String> variables = composeVariables();
        variables.replaceAll((name, value) ->
                value.replace("@postgres:5432/shop", "@127.0.0.1:" + UpstreamServer.port() + "/compose"));
        variables.put("SQLMEM_LISTEN", "127.0.0.1:0");
        variables.put("SQLMEM_HTTP", "127.0.0.1:0");
        variables.put("SQLMEM_FILL_WAIT", "20s");

        List<List<String>> rows = new ArrayList<>();
        try (SqlmemProcess serve = SqlmemProcess.start(directory, variables, "serve")) {
            try (Connection reader = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + serve.awaitReady() + "/compose", "reader", "reader");
                    Statement statement = reader.createStatement()) {
                for (String sql : hit()) {
                    rows.add(first(statement.executeQuery(sql)));
                }
            }
            serve.signal("TERM");
            assertThat(serve.exitCode()).isZero();
        }

        assertThat(rows)
                .containsExactly(
                        List.of("42", "shipped"),
                        List.of("43", "returned"),
                        List.of("orders", "id, status", "100000", "1", "1"),
                        List.of("select id, status from orders where id = ?", "serve", "2", "1", "1"));
        assertThat(directory.resolve("cache.db")).exists();
    }

    private static List<String> hit() throws IOException {
        String script = Files.readString(PROJECT.resolve("docker/hit.sql")).replaceAll("--.*", "");
        return Stream.of(script.split(";"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toList();
    }

    /** The row of the statement over the sample's table, where there are several. */
    private static List<String> first(ResultSet rows) throws Exception {
        List<String> found = List.of();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                row.add(rows.getString(column));
            }
            if (!row.get(0).contains("sqlmem") && !row.get(0).startsWith("set ")) {
                found = row;
            }
        }
        return found;
    }

    private static Map<String, String> composeVariables() throws IOException {
        Map<String, String> variables = new HashMap<>();
        Pattern.compile("(?m)^      (SQLMEM_[A-Z_]+): \"?([^\"\\n]+)\"?$")
                .matcher(Files.readString(COMPOSE))
                .results()
                .forEach(found -> variables.put(found.group(1), found.group(2)));
        assertThat(variables).containsKeys("SQLMEM_UPSTREAM", "SQLMEM_ALLOW_PLAIN_PUBLIC", "SQLMEM_MEMORY_LIMIT");
        return variables;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> docker = Files.walk(PROJECT.resolve("docker"))) {
            return Stream.concat(Stream.of(PROJECT.resolve("Dockerfile")), docker.filter(Files::isRegularFile))
                    .toList();
        }
    }
}
