package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CopyOutTest {

    private static final String NAME = SharedPostgres.createDatabase("copied");
    private static final ServiceDatabase DATABASE = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));

    @BeforeAll
    static void createTables() {
        SharedPostgres.execute(
                NAME,
                "CREATE SCHEMA \"Od\"\"d\"",
                "CREATE TABLE \"Od\"\"d\".\"T, x\" (\"A \"\" b\" int, gone int, c text, d bool)",
                "ALTER TABLE \"Od\"\"d\".\"T, x\" DROP COLUMN gone",
                "INSERT INTO \"Od\"\"d\".\"T, x\" VALUES (1, 'one', true), (2, NULL, false)",
                "CREATE TABLE many (id int, filler text)",
                "INSERT INTO many SELECT i, repeat('x', 500) FROM generate_series(1, 50000) i",
                "CREATE TABLE empty_table (a int)",
                "CREATE TABLE parted (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20)",
                "INSERT INTO parted VALUES (1), (11)");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void streamsTheNamedColumns() throws Exception {
        TableDefinition table = table("Od\"d", "T, x");
        assertThat(copy(table, columns(table, "c", "A \" b")))
                .containsExactly(
                        "0002" + "00000003" + "6f6e65" + "00000004" + "00000001",
                        "0002" + "ffffffff" + "00000004" + "00000002");
    }

    @Test
    void streamsRowsWithoutColumns() throws Exception {
        TableDefinition table = table("Od\"d", "T, x");
        assertThat(copy(table, List.of())).containsExactly("0000", "0000");
    }

    @Test
    void streamsNothing() throws Exception {
        TableDefinition table = table("public", "empty_table");
        assertThat(copy(table, table.columns())).isEmpty();
        assertThat(copy(table, List.of())).isEmpty();
    }

    @Test
    void streamsPartitions() throws Exception {
        TableDefinition table = table("public", "parted");
        assertThat(copy(table, table.columns()))
                .containsExactlyInAnyOrder("0001" + "00000004" + "00000001", "0001" + "00000004" + "0000000b");
    }

    @Test
    void streamsManyRowsInHeapOrder() throws Exception {
        TableDefinition table = table("public", "many");
        List<String> rows = copy(table, columns(table, "id"));
        assertThat(rows).hasSize(50_000).isSorted();
    }

    @Test
    void stopsWhereTheConsumerDoes() throws Exception {
        TableDefinition table = table("public", "many");
        for (RuntimeException stop : List.of(new IllegalStateException("full"), new IllegalStateException("too"))) {
            List<byte[]> rows = new ArrayList<>();
            assertThatThrownBy(() -> DATABASE.copyOut(table, table.columns(), tuple -> {
                        rows.add(tuple);
                        if (rows.size() == 10) {
                            throw stop;
                        }
                    }))
                    .isSameAs(stop)
                    .hasNoSuppressedExceptions();
            assertThat(rows).hasSize(10);
        }
        assertThat(running()).isZero();
        assertThat(copy(table, columns(table, "id"))).hasSize(50_000);
    }

    @Test
    void passesAConsumersSqlExceptionOn() throws Exception {
        TableDefinition table = table("public", "parted");
        SQLException stop = new SQLException("no room");
        assertThatThrownBy(() -> DATABASE.copyOut(table, table.columns(), tuple -> {
                    throw stop;
                }))
                .isSameAs(stop);
    }

    @Test
    void keepsNoQuestionWaiting() throws Exception {
        TableDefinition table = table("public", "parted");
        assertThat(answersInside(table, 6)).isTrue();
    }

    /** Asks a question while as many loads are under way. */
    private static boolean answersInside(TableDefinition table, int loads) throws SQLException {
        if (loads == 0) {
            return DATABASE.resolve("public", new TableName(null, "parted")) != null;
        }
        List<Boolean> answers = new ArrayList<>();
        DATABASE.copyOut(table, table.columns(), tuple -> {
            if (answers.isEmpty()) {
                answers.add(answersInside(table, loads - 1));
            }
        });
        return answers.get(0);
    }

    @Test
    void endsWithTheDatabase() throws Exception {
        TableDefinition table = table("public", "many");
        ServiceDatabase other = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));
        assertThatThrownBy(() -> other.copyOut(table, table.columns(), tuple -> other.close()))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> other.copyOut(table, table.columns(), tuple -> {}))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void noticesThatTheTableChanged() throws Exception {
        for (String change : List.of(
                "ALTER TABLE changed RENAME a TO z",
                "ALTER TABLE changed ALTER a TYPE bigint",
                "ALTER TABLE changed ALTER b TYPE varchar(9)",
                "ALTER TABLE changed DROP COLUMN a",
                "ALTER TABLE changed DROP COLUMN a, ADD COLUMN a int",
                "ALTER TABLE changed ENABLE ROW LEVEL SECURITY",
                "DROP TABLE changed; CREATE TABLE changed (a int, b varchar(5))",
                "DROP TABLE changed; CREATE VIEW changed AS SELECT 1 AS a, NULL::varchar(5) AS b")) {
            SharedPostgres.execute(NAME, "CREATE TABLE changed (a int, b varchar(5))");
            TableDefinition table = table("public", "changed");
            SharedPostgres.execute(NAME, change);
            assertThatThrownBy(() -> copy(table, table.columns()))
                    .as(change)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));
            SharedPostgres.execute(NAME, change.contains("VIEW") ? "DROP VIEW changed" : "DROP TABLE changed");
        }
    }

    @Test
    void acceptsAChangeElsewhereInTheTable() throws Exception {
        SharedPostgres.execute(NAME, "CREATE TABLE grown (a int, b int)", "INSERT INTO grown VALUES (7, 8)");
        TableDefinition table = table("public", "grown");
        SharedPostgres.execute(NAME, "ALTER TABLE grown ADD c int, DROP b");
        assertThat(copy(table, columns(table, "a"))).containsExactly("0001" + "00000004" + "00000007");
    }

    @Test
    void neverLoadsWhatRowSecurityWouldHide() throws Exception {
        SharedPostgres.execute(
                NAME,
                "DROP ROLE IF EXISTS copied_service",
                "CREATE ROLE copied_service LOGIN",
                "CREATE TABLE hidden (a int)",
                "GRANT SELECT ON hidden TO copied_service");
        try (ServiceDatabase database =
                new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME, "copied_service")))) {
            TableDefinition table = Objects.requireNonNull(database.resolve("public", new TableName(null, "hidden")));
            SharedPostgres.execute(
                    NAME,
                    "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
                    "CREATE POLICY nothing ON hidden USING (false)");
            assertThatThrownBy(() -> database.copyOut(table, table.columns(), tuple -> {}))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    private static TableDefinition table(String schema, String name) throws SQLException {
        return Objects.requireNonNull(DATABASE.resolve("pg_catalog", new TableName(schema, name)));
    }

    private static List<ColumnDefinition> columns(TableDefinition table, String... names) {
        return Stream.of(names)
                .map(name -> Objects.requireNonNull(table.column(name)))
                .toList();
    }

    private static List<String> copy(TableDefinition table, List<ColumnDefinition> columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        long count = DATABASE.copyOut(
                table, columns, tuple -> rows.add(HexFormat.of().formatHex(tuple)));
        assertThat(count).isEqualTo(rows.size());
        return rows;
    }

    private static int running() throws SQLException {
        try (var connection = SharedPostgres.connect(NAME);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + NAME
                        + "' AND state = 'active' AND query LIKE 'COPY%'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
