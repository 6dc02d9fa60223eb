package dev.sqlmem.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page's data, the metrics and the tables of {@code sqlmem} tell the same numbers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusAgreementTest {
    /** What asking for the numbers changes, and what changes by itself. */
    private static final Set<String> RESTLESS = Set.of("local", "heap_bytes", "uptime_seconds");

    private final HttpScene scene = HttpScene.readOnly(
            "agreement",
            "CREATE TABLE orders (id int8 PRIMARY KEY, status text COLLATE \"C\")",
            "INSERT INTO orders SELECT i, 'paid' FROM generate_series(1, 50) AS i",
            "CREATE TABLE \"<script>\" (id int4 PRIMARY KEY, \"a\\b\" text COLLATE \"C\")",
            "CREATE VIEW open_orders AS SELECT id FROM orders");

    private final Connection client = connect();

    private Connection connect() {
        try {
            return scene.client("simple");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void askThisAndThat() throws SQLException {
        for (int i = 1; i <= 5; i++) {
            rows("SELECT status FROM orders WHERE id = " + i);
        }
        rows("SELECT id FROM \"<script>\"");
        rows("SELECT id FROM open_orders");
        rows("SELECT now()");
        for (String refused : List.of("DELETE FROM orders", "SELECT * FROM orders")) {
            assertThat(catchThrowable(() -> rows(refused))).isInstanceOf(SQLException.class);
        }
    }

    @AfterAll
    void close() throws SQLException {
        client.close();
        scene.close();
    }

    @Test
    void countsWhatWasAsked() {
        Map<String, Object> stats = map(scene.status().get("stats"));

        assertThat(stats)
                .containsEntry("hits", 4.0)
                .containsEntry("misses", 2.0)
                .containsEntry("refused", 2.0);
        assertThat(stats)
                .containsEntry("loads", 2.0)
                .containsEntry("sessions", 1.0)
                .containsEntry("connections", 1.0);
    }

    @Test
    void statsAgree() throws SQLException {
        Map<String, String> local = new LinkedHashMap<>();
        rows("SELECT name, value FROM sqlmem.stats").forEach(row -> local.put(row.get("name"), row.get("value")));
        Map<String, Object> json = map(scene.status().get("stats"));
        MetricsText metrics = scene.metrics();

        assertThat(json.keySet()).containsExactlyElementsOf(local.keySet());
        local.forEach((name, value) -> {
            if (!RESTLESS.contains(name)) {
                assertThat(json.get(name)).as(name).isEqualTo(Double.valueOf(value));
                assertThat(metric(metrics, name)).as(name).isEqualTo(Long.parseLong(value));
            }
        });
    }

    /** The metric behind a row of {@code sqlmem.stats}. */
    private static long metric(MetricsText metrics, String name) {
        return switch (name) {
            case "relayed" -> metrics.sum("sqlmem_relayed_total");
            case "load_millis" -> Math.round(metrics.number("sqlmem_load_seconds_total") * 1_000);
            case "memory_limit" -> metrics.value("sqlmem_memory_limit_bytes");
            case "heap_limit" -> metrics.value("sqlmem_jvm_heap_limit_bytes");
            case "memory_bytes",
                    "generations",
                    "commits_under_way",
                    "sessions",
                    "last_save",
                    "last_save_bytes",
                    "last_save_millis" -> metrics.value("sqlmem_" + name);
            default -> metrics.value("sqlmem_" + name + "_total");
        };
    }

    @Test
    void relayedStatementsAreTheSumOfTheirReasons() {
        Map<String, Object> status = scene.status();
        double sum = list(status.get("relayed")).stream()
                .mapToDouble(each -> number(each, "count"))
                .sum();
        MetricsText metrics = scene.metrics();

        assertThat(map(status.get("stats"))).containsEntry("relayed", sum);
        list(status.get("relayed"))
                .forEach(each -> assertThat(
                                metrics.value("sqlmem_relayed_total", "reason", String.valueOf(each.get("reason"))))
                        .isEqualTo((long) number(each, "count")));
    }

    @Test
    void tablesAgree() throws SQLException {
        List<Map<String, String>> local = rows("SELECT " + String.join(", ", TABLE) + " FROM sqlmem.tables");
        List<Map<String, Object>> json = list(scene.status().get("tables"));
        MetricsText metrics = scene.metrics();

        assertThat(json).hasSameSizeAs(local).hasSize(2);
        for (int i = 0; i < local.size(); i++) {
            Map<String, String> row = local.get(i);
            for (String column : TABLE) {
                assertThat(text(json.get(i).get(column))).as(column).isEqualTo(row.get(column));
            }
            String[] labels = {"database", scene.database(), "schema", row.get("schema"), "table", row.get("name")};
            for (String column : List.of("rows", "bytes")) {
                assertThat(metrics.value("sqlmem_table_" + column, labels)).isEqualTo(Long.parseLong(row.get(column)));
            }
            for (String column : List.of("hits", "misses", "loads")) {
                assertThat(metrics.value("sqlmem_table_" + column + "_total", labels))
                        .isEqualTo(Long.parseLong(row.get(column)));
            }
            assertThat(metrics.value("sqlmem_table_ready", labels)).isEqualTo(1);
            assertThat(metrics.value("sqlmem_table_age_seconds", labels)).isBetween(0L, 3_600L);
        }
    }

    private static final List<String> TABLE = List.of(
            "schema",
            "name",
            "columns",
            "state",
            "reason",
            "rows",
            "bytes",
            "generation",
            "loads",
            "hits",
            "misses",
            "indexes");

    @Test
    void statementsAgree() throws SQLException {
        List<String> columns = List.of("shape", "route", "calls", "hits", "misses", "rows", "mean_micros", "reason");
        Set<String> local = new TreeSet<>();
        for (Map<String, String> row :
                rows("SELECT " + String.join(", ", columns) + " FROM sqlmem.statements WHERE route <> 'local'")) {
            local.add(row.values().toString());
        }
        Set<String> json = new TreeSet<>();
        for (Map<String, Object> each : list(scene.status().get("statements"))) {
            if (!"local".equals(each.get("route"))) {
                json.add(columns.stream()
                        .map(column -> text(each.get(column)))
                        .toList()
                        .toString());
            }
        }

        assertThat(json).isEqualTo(local).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void statementsAreShapes() {
        assertThat(list(scene.status().get("statements")))
                .extracting(each -> each.get("shape"))
                .contains("select status from orders where id = ?", "select now()")
                .noneMatch(shape -> String.valueOf(shape).contains("= 5"));
    }

    @Test
    void histogramsCountEachAnswer() {
        MetricsText metrics = scene.metrics();

        assertThat(metrics.value("sqlmem_statement_duration_seconds_count", "route", "hit"))
                .isEqualTo(metrics.value("sqlmem_hits_total"))
                .isEqualTo(4);
        assertThat(metrics.value("sqlmem_statement_duration_seconds_count", "route", "miss"))
                .isEqualTo(2);
        assertThat(metrics.value("sqlmem_statement_duration_seconds_count", "route", "relay"))
                .isEqualTo(metrics.sum("sqlmem_relayed_total"));
        assertThat(metrics.number("sqlmem_statement_duration_seconds_sum", "route", "miss"))
                .isPositive()
                .isLessThan(60);
    }

    @Test
    void hostileNamesStayText() {
        assertThat(scene.get("/status.json").body()).doesNotContain("<").contains("\\u003cscript\\u003e");
        assertThat(scene.get("/").body()).doesNotContain("orders");
        assertThat(scene.metrics()
                        .value(
                                "sqlmem_table_ready",
                                "database",
                                scene.database(),
                                "schema",
                                "public",
                                "table",
                                "<script>"))
                .isEqualTo(1);
    }

    @Test
    void hitRateIsTheShareOfHits() {
        Map<String, Object> status = scene.status();
        Map<String, Object> stats = map(status.get("stats"));
        double answered = number(stats, "hits") + number(stats, "misses") + number(stats, "relayed");

        assertThat(status).containsEntry("hit_rate", number(stats, "hits") / answered);
    }

    @Test
    void saysWhatItIs() {
        Map<String, Object> status = scene.status();

        assertThat(status)
                .containsEntry("product", "SQLmem")
                .containsEntry("mode", "read-only")
                .containsEntry("ready", true);
        assertThat(String.valueOf(status.get("upstream")))
                .endsWith("/" + scene.database())
                .doesNotContain("postgres:");
        assertThat(list(status.get("databases")))
                .singleElement()
                .satisfies(database -> assertThat(database)
                        .containsEntry("name", scene.database())
                        .containsEntry("reachable", true)
                        .containsEntry("problem", null));
    }

    private List<Map<String, String>> rows(String sql) throws SQLException {
        try (Statement statement = client.createStatement();
                ResultSet rows = statement.execute(sql) ? statement.getResultSet() : null) {
            List<Map<String, String>> all = new ArrayList<>();
            while (rows != null && rows.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.put(rows.getMetaData().getColumnLabel(i), String.valueOf(rows.getString(i)));
                }
                all.add(row);
            }
            return all;
        }
    }

    private static double number(Map<String, Object> json, String name) {
        return (Double) Objects.requireNonNull(json.get(name));
    }

    private static String text(@Nullable Object json) {
        return json instanceof Double number ? String.valueOf(number.longValue()) : String.valueOf(json);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object json) {
        return (Map<String, Object>) Objects.requireNonNull(json);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(@Nullable Object json) {
        return (List<Map<String, Object>>) Objects.requireNonNull(json);
    }
}
