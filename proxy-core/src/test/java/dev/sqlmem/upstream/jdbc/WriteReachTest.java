package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.catalog.FunctionSource;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteReachTest {

    private static final String NAME = SharedPostgres.createDatabase("reach");
    private static final ServiceDatabase DATABASE = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));

    @BeforeAll
    static void createTables() {
        SharedPostgres.execute(
                NAME,
                "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE FUNCTION volatile_one() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
                "CREATE FUNCTION stable_one() RETURNS int STABLE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
                "CREATE TABLE alone (id int PRIMARY KEY, n serial, u uuid DEFAULT gen_random_uuid(),"
                        + " s int DEFAULT stable_one(), at timestamptz DEFAULT now())",
                "CREATE TABLE refers (id int REFERENCES alone)",
                "CREATE TABLE root (id int PRIMARY KEY)",
                "CREATE TABLE cascaded (id int PRIMARY KEY REFERENCES root ON DELETE CASCADE)",
                "CREATE TABLE nulled (id int REFERENCES cascaded ON UPDATE SET NULL)",
                "CREATE TABLE restricted (id int REFERENCES cascaded ON DELETE RESTRICT)",
                "CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1_1 PARTITION OF parted_1 FOR VALUES FROM (0) TO (5)",
                "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20)",
                "CREATE TABLE of_parted (id int REFERENCES parted ON DELETE CASCADE)",
                "CREATE TABLE triggered (id int PRIMARY KEY)",
                "CREATE TRIGGER tell AFTER INSERT ON triggered EXECUTE FUNCTION nothing()",
                "CREATE TABLE above_triggered (id int PRIMARY KEY)",
                "ALTER TABLE triggered ADD FOREIGN KEY (id) REFERENCES above_triggered ON DELETE CASCADE",
                "CREATE TABLE disabled (id int)",
                "CREATE TRIGGER tell AFTER INSERT ON disabled EXECUTE FUNCTION nothing()",
                "ALTER TABLE disabled DISABLE TRIGGER tell",
                "CREATE TABLE ruled (id int)",
                "CREATE RULE also AS ON INSERT TO ruled DO ALSO DELETE FROM alone",
                "CREATE VIEW a_view AS SELECT id FROM alone",
                "CREATE TABLE defaulted (id int DEFAULT volatile_one())",
                "CREATE TABLE checked (id int CHECK (id > volatile_one()))",
                "CREATE DOMAIN checked_int AS int CHECK (VALUE > stable_one())",
                "CREATE TABLE domained (id checked_int)",
                "CREATE TABLE policed (id int)",
                "CREATE POLICY ones ON policed USING (id = stable_one())",
                "CREATE FOREIGN DATA WRAPPER nowhere",
                "CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere",
                "CREATE FOREIGN TABLE a_foreign (x int) SERVER nowhere",
                "CREATE TABLE self (id int PRIMARY KEY, up int REFERENCES self ON DELETE CASCADE)");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "alone, alone",
        "refers, refers",
        "root, root cascaded nulled",
        "cascaded, cascaded nulled",
        "nulled, nulled",
        "parted, parted parted_1 parted_1_1 parted_2 of_parted",
        "parted_1, parted parted_1 parted_1_1 of_parted",
        "parted_1_1, parted parted_1 parted_1_1 of_parted",
        "disabled, disabled",
        "self, self"
    })
    void followsPartitionsAndKeys(String table, String reached) throws Exception {
        DependentTables tables = DATABASE.writesReach("public", new TableName(null, table), false);
        assertThat(tables.everythingBecause()).isNull();
        assertThat(names(tables.oids())).containsExactlyInAnyOrder(reached.split(" "));
        long oid = Objects.requireNonNull(DATABASE.resolve("public", new TableName(null, table)))
                .oid();
        assertThat(DATABASE.writesReach(oid, false)).isEqualTo(tables);
    }

    @ParameterizedTest
    @CsvSource({
        "ruled, rule also on public.ruled",
        "a_view, public.a_view is no table",
        "a_foreign, public.a_foreign is no table",
        "nobody, unknown relation nobody"
    })
    void givesUpWhereNobodyKnows(String table, String reason) throws Exception {
        DependentTables tables = DATABASE.writesReach("public", new TableName(null, table), false);
        assertThat(tables.isEverything()).isTrue();
        assertThat(tables.everythingBecause()).isEqualTo(reason);
        assertThat(tables.oids()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "triggered, trigger tell on public.triggered",
        "above_triggered, trigger tell on public.triggered",
        "defaulted, function public.volatile_one in a default",
        "checked, function public.volatile_one in a check",
        "domained, function public.stable_one in a domain",
        "policed, function public.stable_one in a policy",
        "alone, function public.stable_one in a default"
    })
    void tellsTheCodeThatRuns(String table, String place) throws Exception {
        DependentTables tables = DATABASE.writesReach("public", new TableName(null, table), false);
        assertThat(tables.everythingBecause()).isNull();
        assertThat(tables.code()).containsValue(place).hasSize(1);
        assertThat(DATABASE.functions(Set.of(), tables.code().keySet())).hasSize(1);
    }

    @Test
    void readsFunctionsByNameAndOid() throws Exception {
        FunctionSource function =
                DATABASE.functions(Set.of("volatile_one", "lower"), Set.of()).get(0);
        assertThat(function.signature()).isEqualTo("public.volatile_one()");
        assertThat(function.language()).isEqualTo("plpgsql");
        assertThat(function.isVolatile()).isTrue();
        assertThat(function.extension()).isNull();
        assertThat(function.source()).isEqualTo("BEGIN RETURN 1; END");
        assertThat(DATABASE.functions(Set.of("lower"), Set.of(function.oid()))).containsExactly(function);
    }

    @Test
    void followsEveryKeyOfACascadingTruncate() throws Exception {
        assertThat(names(DATABASE.writesReach("public", new TableName(null, "root"), true)
                        .oids()))
                .containsExactlyInAnyOrder("root", "cascaded", "nulled", "restricted");
        assertThat(names(DATABASE.writesReach("public", new TableName(null, "alone"), true)
                        .oids()))
                .containsExactlyInAnyOrder("alone", "refers");
    }

    private static Set<String> names(Set<Long> oids) throws SQLException {
        Set<String> names = new HashSet<>();
        try (var connection = SharedPostgres.connect(NAME);
                Statement statement = connection.createStatement()) {
            for (long oid : oids) {
                try (ResultSet row = statement.executeQuery("SELECT " + oid + "::regclass")) {
                    row.next();
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }
}
