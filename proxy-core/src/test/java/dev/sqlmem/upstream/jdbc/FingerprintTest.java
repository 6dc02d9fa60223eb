package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final String NAME = SharedPostgres.createDatabase("fingerprint");
    private static final ServiceDatabase DATABASE = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));
    private static final List<String> NAMES = List.of("t", "parted", "Odd \"name\"");

    @BeforeAll
    static void createTables() {
        SharedPostgres.execute(
                NAME,
                "DROP ROLE IF EXISTS fingerprint_a, fingerprint_b, fingerprint_c",
                "CREATE ROLE fingerprint_a",
                "CREATE ROLE fingerprint_b",
                "CREATE SCHEMA first",
                "CREATE SCHEMA second",
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "CREATE TYPE inner_pair AS (x int, m mood)",
                "CREATE DOMAIN pairs AS inner_pair[]",
                "CREATE TABLE t (id int PRIMARY KEY, a int, b text, m mood[], p pairs)",
                "CREATE TYPE stranger AS ENUM ('a')",
                "INSERT INTO t VALUES (0, 0, 'zero')",
                "CREATE TABLE parted (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id)",
                "CREATE TABLE other (id int PRIMARY KEY)",
                "CREATE TABLE above ()",
                "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t SELECT i, i, 'x' FROM generate_series(1, 5000) i ON CONFLICT DO NOTHING",
                "UPDATE t SET a = a + 1",
                "DELETE FROM t WHERE id > 2500",
                "ANALYZE t",
                "VACUUM t",
                "VACUUM (FREEZE, ANALYZE) t",
                "VACUUM pg_class",
                "VACUUM (FREEZE) pg_attribute",
                "CREATE TEMP TABLE t (x int PRIMARY KEY, y int REFERENCES t)",
                "CREATE TABLE unrelated (t int)",
                "ALTER TYPE stranger ADD VALUE 'b'",
                "ALTER TABLE other ADD COLUMN t int",
                "SELECT 1"
            })
    void ignoresRowsAndStrangers(String sql) throws Exception {
        String before = DATABASE.fingerprint(NAMES);
        SharedPostgres.execute(NAME, sql);
        assertThat(DATABASE.fingerprint(NAMES)).isEqualTo(before).matches("[0-9]+:-?[0-9]+/[0-9]+:-?[0-9]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TYPE mood ADD VALUE 'ok' AFTER 'sad'",
                "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
                "ALTER TYPE inner_pair RENAME ATTRIBUTE x TO y",
                "ALTER TABLE t ADD COLUMN c1 int",
                "ALTER TABLE t DROP COLUMN c1",
                "ALTER TABLE t RENAME a TO z",
                "ALTER TABLE t ALTER b TYPE varchar(9)",
                "ALTER TABLE t ALTER b SET NOT NULL",
                "CREATE TABLE first.t (x int)",
                "CREATE VIEW second.t AS SELECT 1",
                "CREATE TABLE \"Odd \"\"name\"\"\" (x int)",
                "ALTER SCHEMA second RENAME TO third",
                "CREATE SCHEMA fourth",
                "GRANT SELECT ON t TO fingerprint_a",
                "GRANT SELECT (id) ON t TO fingerprint_b",
                "REVOKE SELECT ON t FROM fingerprint_a",
                "GRANT USAGE ON SCHEMA first TO fingerprint_a",
                "GRANT fingerprint_a TO fingerprint_b",
                "REVOKE fingerprint_a FROM fingerprint_b",
                "ALTER ROLE fingerprint_a SUPERUSER",
                "ALTER ROLE fingerprint_a BYPASSRLS",
                "ALTER ROLE fingerprint_a RENAME TO fingerprint_c",
                "ALTER TABLE t OWNER TO fingerprint_b",
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY p ON t USING (true)",
                "ALTER POLICY p ON t USING (false)",
                "CREATE FUNCTION first.length(varchar) RETURNS int LANGUAGE sql RETURN 1",
                "ALTER FUNCTION first.length(varchar) RENAME TO width",
                "CREATE OPERATOR first.<#> (LEFTARG = text, RIGHTARG = text, FUNCTION = textcat)",
                "CREATE CAST (varchar AS int) WITH INOUT AS IMPLICIT",
                "CREATE INDEX ON t (b)",
                "CREATE TABLE parted_1_1 PARTITION OF parted_1 FOR VALUES FROM (0) TO (5)",
                "ALTER TABLE parted_1_1 ALTER id SET DEFAULT 1",
                "ALTER TABLE parted DETACH PARTITION parted_1",
                "CREATE TRIGGER one AFTER INSERT ON t EXECUTE FUNCTION nothing()",
                "CREATE TRIGGER two AFTER INSERT ON t EXECUTE FUNCTION nothing()",
                "ALTER TABLE t DISABLE TRIGGER one",
                "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
                "ALTER TABLE other ADD COLUMN tid int REFERENCES t ON DELETE CASCADE",
                "CREATE TABLE beyond (id int REFERENCES other)",
                "CREATE TRIGGER far AFTER DELETE ON other EXECUTE FUNCTION nothing()",
                "ALTER TABLE t INHERIT above",
                "CREATE RULE r AS ON DELETE TO beyond DO ALSO NOTHING",
                "DROP TABLE t CASCADE",
            })
    void seesEverythingElse(String sql) throws Exception {
        String before = DATABASE.fingerprint(NAMES);
        SharedPostgres.execute(NAME, sql);
        assertThat(DATABASE.fingerprint(NAMES)).isNotEqualTo(before);
        assertThat(DATABASE.fingerprint(List.of("unused"))).isEqualTo(DATABASE.fingerprint(List.of("unused")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TRUNCATE reached                                            | false
            GRANT SELECT ON reached TO PUBLIC                           | false
            CREATE INDEX ON reached (id)                                | false
            CREATE FUNCTION newcomer() RETURNS int LANGUAGE sql AS 'SELECT 1' | true
            CREATE OR REPLACE FUNCTION newcomer() RETURNS int LANGUAGE sql AS 'SELECT 2' | true
            CREATE TRIGGER new AFTER INSERT ON reached EXECUTE FUNCTION nothing() | true
            ALTER TABLE reached ALTER id SET DEFAULT newcomer()         | true
            ALTER TABLE reached ADD CHECK (id > newcomer())             | true
            ALTER TABLE reached RENAME TO reached_2                     | true
            """)
    void tellsWhetherTheReachOfWritesMayHaveChanged(String sql, boolean mayHave) throws Exception {
        SharedPostgres.execute(NAME, "CREATE TABLE IF NOT EXISTS reached (id int)");
        List<String> names = List.of("reached");
        String before = DATABASE.fingerprint(names);
        SharedPostgres.execute(NAME, sql);
        String after = DATABASE.fingerprint(names);
        assertThat(after).isNotEqualTo(before);
        assertThat(after.substring(after.indexOf('/')).equals(before.substring(before.indexOf('/'))))
                .isEqualTo(!mayHave);
    }

    @Test
    void dependsOnTheNames() throws Exception {
        assertThat(DATABASE.fingerprint(List.of())).isNotEqualTo(DATABASE.fingerprint(List.of("parted")));
    }
}
