package dev.sqlmem.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard, the alerts and the documents ask for metrics and labels that the product serves. */
class DashboardTest {
    private static final Path PROJECT = Files.exists(Path.of("docker")) ? Path.of("") : Path.of("..");
    private static final Path DASHBOARD = PROJECT.resolve("docker/monitoring/grafana/sqlmem.json");
    private static final Pattern METRIC = Pattern.compile("\\bsqlmem_[a-z0-9_]+");
    private static final Pattern GROUPED =
            Pattern.compile("\\bby \\(([a-z_, ]+)\\) \\((?:rate\\()?(sqlmem_[a-z0-9_]+)");

    @Test
    void namesOnlyMetricsThatAreServed(@TempDir Path directory) throws IOException {
        Set<String> served = new HashSet<>();
        try (HttpScene scene = HttpScene.keeping("dashboard", directory.resolve("cache.db"))) {
            scene.metrics().families().forEach((name, family) -> {
                served.add(name);
                if (family.type().equals("histogram")) {
                    served.addAll(List.of(name + "_bucket", name + "_sum", name + "_count"));
                }
            });
        }

        Map<Path, Set<String>> asked = new TreeMap<>();
        for (Path file : files()) {
            Set<String> names = new TreeSet<>();
            METRIC.matcher(Files.readString(file)).results().forEach(name -> names.add(name.group()));
            asked.put(file, names);
        }

        assertThat(asked).containsKey(DASHBOARD);
        assertThat(asked.get(DASHBOARD)).hasSizeGreaterThan(20);
        assertThat(asked).allSatisfy((file, names) -> assertThat(served).containsAll(names));
    }

    @Test
    void groupsByLabelsThatTheMetricsHave() throws Exception {
        List<String> expressions = expressions();
        assertThat(expressions).hasSizeGreaterThan(20);
        try (HttpScene scene = HttpScene.readOnly(
                        "dashboard_labels", "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
                Connection client = scene.client("simple");
                Statement statement = client.createStatement()) {
            statement.execute("SELECT id FROM t");
            MetricsText metrics = scene.metrics();
            int checked = 0;
            for (String expression : expressions) {
                for (var found : GROUPED.matcher(expression).results().toList()) {
                    Set<String> labels = Set.of(found.group(1).split(", "));
                    assertThat(labels(metrics, found.group(2)))
                            .as(expression)
                            .isNotEmpty()
                            .allSatisfy(each -> assertThat(each).containsAll(labels));
                    checked++;
                }
            }
            assertThat(checked).isGreaterThan(9);
        }
    }

    private static List<Set<String>> labels(MetricsText metrics, String name) {
        return metrics.families().values().stream()
                .flatMap(family -> family.samples().getOrDefault(name, Map.of()).keySet().stream())
                .map(Map::keySet)
                .toList();
    }

    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (Map<String, Object> panel : list(JsonText.object(Files.readString(DASHBOARD)), "panels")) {
            for (Map<String, Object> target : list(panel, "targets")) {
                expressions.add(Objects.requireNonNull((String) target.get("expr")));
            }
        }
        return expressions;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> object, String name) {
        return (List<Map<String, Object>>) Objects.requireNonNull(object.get(name));
    }

    private static List<Path> files() {
        return Stream.of("README.md", "docs", "docker")
                .map(PROJECT::resolve)
                .flatMap(DashboardTest::walk)
                .filter(file -> Pattern.matches(".*\\.(md|json|ya?ml)", file.toString()))
                .toList();
    }

    private static Stream<Path> walk(Path start) {
        try (Stream<Path> files = Files.walk(start)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
