package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.catalog.TableName;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeTest {

    private static final String NAME = SharedPostgres.createDatabase("described");
    private static final ServiceDatabase DATABASE = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));
    private static final int[] NO_TYPES = {};

    @BeforeAll
    static void createTables() {
        SharedPostgres.execute(
                NAME,
                "CREATE SCHEMA other",
                "CREATE TABLE item (id int, gone int, price numeric(10,2), \"Name\" varchar(20), code char(3))",
                "ALTER TABLE item DROP COLUMN gone",
                "CREATE TABLE other.item (id text)");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void describesColumnsWithTheirOrigin() throws Exception {
        long oid = Objects.requireNonNull(DATABASE.resolve("public", new TableName(null, "item")))
                .oid();
        Description description =
                describe("SELECT id, price AS \"Price €\", \"Name\", code, price + 1, count(*) OVER () FROM item");
        assertThat(description.fields())
                .containsExactly(
                        new FieldDescription("id", oid, 1, 23, 4, -1),
                        new FieldDescription("Price €", oid, 3, 1700, -1, (10 << 16 | 2) + 4),
                        new FieldDescription("Name", oid, 4, 1043, -1, 24),
                        new FieldDescription("code", oid, 5, 1042, -1, 7),
                        new FieldDescription("?column?", 0, 0, 1700, -1, -1),
                        new FieldDescription("count", 0, 0, 20, 8, -1));
        assertThat(description.parameterTypes()).isEmpty();
        assertThat(description.noticed()).isFalse();
    }

    @Test
    void resolvesParameterTypes() throws Exception {
        Description description =
                describe("SELECT id FROM item WHERE id = $1 AND \"Name\" = $3 AND price > $2 AND $1 > 0");
        assertThat(description.parameterTypes()).containsExactly(23, 1700, 25);
    }

    @Test
    void passesGivenParameterTypesOn() throws Exception {
        String sql = "SELECT id + $1 FROM item WHERE id = $2";
        assertThat(describe(sql, 20).fields().get(0).typeOid()).isEqualTo(20);
        assertThat(describe(sql, 20).parameterTypes()).containsExactly(20, 23);
        assertThat(describe(sql, 0, 21).parameterTypes()).containsExactly(23, 21);
        assertThat(describe(sql, 705, 0).parameterTypes()).containsExactly(23, 23);
        assertThat(describe("SELECT 1", 23, 25).parameterTypes()).containsExactly(23, 25);
    }

    @Test
    void readsNamesUnderTheSearchPathOnly() throws Exception {
        assertThat(DATABASE.describe("other, public", "SELECT * FROM item", NO_TYPES)
                        .fields())
                .hasSize(1);
        assertThat(describe("SELECT * FROM item").fields()).hasSize(4);
        assertThatThrownBy(() -> DATABASE.describe("pg_catalog", "SELECT * FROM item", NO_TYPES))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELEC 1                          | 42601
            SELECT 1; SELECT 2               | 42601
            SELECT nothing FROM item         | 42703
            SELECT * FROM nothing            | 42P01
            SELECT $1                        |
            SELECT id FROM item WHERE $1 = $2 AND id = 'x' | 22P02
            SELECT id FROM item GROUP BY code | 42803
            """)
    void passesTheServersErrorsOn(String sql, String state) throws Exception {
        if (state == null) {
            assertThat(describe(sql).parameterTypes()).containsExactly(25);
            return;
        }
        assertThatThrownBy(() -> describe(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
        assertThat(describe("SELECT 1").fields()).hasSize(1);
    }

    @Test
    void runsNothing() throws Exception {
        assertThat(describe("SELECT 1/0").fields()).hasSize(1);
        Description insert = describe("INSERT INTO item (id) VALUES ($1) RETURNING id");
        assertThat(insert.parameterTypes()).containsExactly(23);
        assertThat(insert.fields()).hasSize(1);
        assertThat(describe("DELETE FROM item").fields()).isEmpty();
        assertThat(describe("").fields()).isEmpty();
        assertThat(describe("SELECT FROM item").fields()).isEmpty();
    }

    @Test
    void tellsOfNotices() throws Exception {
        assertThat(describe("SELECT 1 AS " + "x".repeat(70)).noticed()).isTrue();
    }

    @Test
    void fallsBackWhereDdlHoldsTheTable() throws Exception {
        SharedPostgres.execute(NAME, "CREATE TABLE locked (a int)");
        try (var connection = SharedPostgres.connect(NAME);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");
            assertThatThrownBy(() -> describe("SELECT a FROM locked"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
        }
    }

    private static Description describe(String sql, int... types) throws SQLException {
        return DATABASE.describe("pg_catalog, public", sql, types);
    }
}
