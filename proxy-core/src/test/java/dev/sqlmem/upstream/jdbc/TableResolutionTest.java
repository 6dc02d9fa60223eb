package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.storage.TypeTraits;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableResolutionTest {

    private static final String NAME = SharedPostgres.createDatabase("resolution", "TEMPLATE template0 LOCALE 'C'");
    private static final ServiceDatabase DATABASE = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));

    @BeforeAll
    static void createTables() {
        SharedPostgres.execute(
                NAME,
                "CREATE SCHEMA other",
                "CREATE SCHEMA \"My \"\"Schema\"",
                "CREATE TABLE public.twice (a int)",
                "CREATE TABLE other.twice (b int)",
                "CREATE TABLE \"My \"\"Schema\".\"Odd, \"\"Name\" (\"x y\" int, \"ä\"\"\" text)",
                "CREATE TYPE mood AS ENUM ('sad')",
                "CREATE DOMAIN short AS varchar(10)",
                "CREATE DOMAIN shorter AS short",
                """
                CREATE TABLE kinds (
                  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                  gone int,
                  amount numeric(10,2) NOT NULL,
                  free numeric,
                  code char(4),
                  at timestamptz(3),
                  feeling mood,
                  name shorter,
                  doubled numeric GENERATED ALWAYS AS (amount * 2) STORED,
                  tags text[])""",
                "ALTER TABLE kinds DROP COLUMN gone",
                "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "CREATE COLLATION libc_c (provider = libc, locale = 'C')",
                """
                CREATE TABLE orders_of_text (
                  a text, b text COLLATE "C", c text COLLATE "POSIX", d text COLLATE ucs_basic,
                  e text COLLATE "und-x-icu", f text COLLATE loose, g text COLLATE libc_c, h int)""",
                "CREATE VIEW a_view AS SELECT 1 AS x",
                "CREATE MATERIALIZED VIEW a_matview AS SELECT 1 AS x",
                "CREATE SEQUENCE a_sequence",
                "CREATE FOREIGN DATA WRAPPER nowhere",
                "CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere",
                "CREATE FOREIGN TABLE a_foreign (x int) SERVER nowhere",
                "CREATE TABLE guarded (x int)",
                "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY",
                "CREATE TABLE half_foreign (x int) PARTITION BY RANGE (x)",
                "CREATE FOREIGN TABLE half_foreign_1 PARTITION OF half_foreign FOR VALUES FROM (0) TO (9)"
                        + " SERVER nowhere",
                "CREATE TABLE empty_table ()",
                """
                CREATE TABLE indexed (
                  id int PRIMARY KEY, a int, b text, c text COLLATE "C", d int,
                  UNIQUE (a, d) INCLUDE (b))""",
                "CREATE INDEX indexed_b ON indexed (b)",
                "CREATE INDEX indexed_pattern ON indexed (b text_pattern_ops)",
                "CREATE INDEX indexed_collated ON indexed (b COLLATE \"POSIX\")",
                "CREATE INDEX indexed_lower ON indexed (lower(b))",
                "CREATE INDEX indexed_mixed ON indexed (a, (d + 1))",
                "CREATE INDEX indexed_partial ON indexed (a) WHERE d > 0",
                "CREATE INDEX indexed_hash ON indexed USING hash (a)",
                "CREATE INDEX indexed_desc ON indexed (c DESC NULLS LAST, a)",
                "CREATE TABLE parent (id int PRIMARY KEY, x int NOT NULL)",
                "CREATE TABLE child () INHERITS (parent)",
                "INSERT INTO child SELECT i, i FROM generate_series(1, 5000) i",
                "CREATE TABLE parted (id int PRIMARY KEY, x text) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (1000)",
                "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (1000) TO (9000) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_2_1 PARTITION OF parted_2 FOR VALUES FROM (1000) TO (9000)",
                "INSERT INTO parted SELECT i, repeat('x', 100) FROM generate_series(1, 3000) i",
                "ANALYZE parent",
                "ANALYZE child",
                "ANALYZE parted");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void followsTheSearchPath() throws Exception {
        assertThat(resolve("pg_catalog, public, other", null, "twice").schema()).isEqualTo("public");
        assertThat(resolve("other, public", null, "twice").schema()).isEqualTo("other");
        assertThat(resolve("public", "other", "twice").schema()).isEqualTo("other");
        assertThat(resolve("other", null, "pg_class").schema()).isEqualTo("pg_catalog");
        assertThat(DATABASE.resolve("pg_catalog, other", new TableName(null, "kinds")))
                .isNull();
        assertThat(DATABASE.resolve("", new TableName(null, "twice"))).isNull();
        assertThat(DATABASE.resolve("public", new TableName("nowhere", "twice")))
                .isNull();
    }

    @Test
    void takesNamesAsTheyAre() throws Exception {
        TableDefinition table = resolve("\"My \"\"Schema\", public", null, "Odd, \"Name");
        assertThat(table.schema()).isEqualTo("My \"Schema");
        assertThat(table.name()).isEqualTo("Odd, \"Name");
        assertThat(table.columns()).extracting(ColumnDefinition::name).containsExactly("x y", "ä\"");
        assertThat(DATABASE.resolve("public", new TableName(null, "TWICE"))).isNull();
        assertThat(DATABASE.resolve("public", new TableName(null, "public.twice")))
                .isNull();
    }

    @Test
    void rejectsAnUnresolvedUser() {
        assertThatThrownBy(() -> DATABASE.resolve("\"$user\", public", new TableName(null, "twice")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsColumns() throws Exception {
        TableDefinition table = resolve("public", null, "kinds");
        assertThat(table.notCacheable()).isNull();
        assertThat(table.kind()).isEqualTo('r');
        assertThat(table.columns())
                .containsExactly(
                        column(1, "id", 20, "bigint", -1, true, null),
                        column(3, "amount", 1700, "numeric(10,2)", (10 << 16 | 2) + 4, true, null),
                        column(4, "free", 1700, "numeric", -1, false, null),
                        text(5, "code", 1042, "character(4)", 8, null),
                        column(6, "at", 1184, "timestamp(3) with time zone", 3, false, null),
                        new ColumnDefinition(
                                7,
                                "feeling",
                                table.column(7).typeOid(),
                                "public.mood",
                                -1,
                                false,
                                TypeTraits.enumerated(List.of("sad")),
                                TextOrder.NOT_TEXT,
                                0,
                                "",
                                true,
                                null),
                        text(8, "name", 1043, "public.shorter", 14, null),
                        column(9, "doubled", 1700, "numeric", -1, false, null),
                        text(10, "tags", 1009, "text[]", -1, null));
    }

    @Test
    void readsColumnsOfVirtualKinds() throws Exception {
        assumeThat(DATABASE.facts().majorVersion()).isGreaterThanOrEqualTo(18);
        SharedPostgres.execute(
                NAME,
                "CREATE TABLE since_18 (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int)",
                "INSERT INTO since_18 (a) VALUES (1)",
                "ALTER TABLE since_18 ADD NOT NULL c NOT VALID",
                "ALTER TABLE since_18 ADD NOT NULL a");
        assertThat(resolve("public", null, "since_18").columns())
                .containsExactly(
                        column(1, "a", 23, "integer", -1, true, null),
                        column(2, "b", 23, "integer", -1, false, null),
                        column(3, "c", 23, "integer", -1, false, null));
    }

    @Test
    void readsCollations() throws Exception {
        assertThat(resolve("public", null, "orders_of_text").columns())
                .extracting(ColumnDefinition::order)
                .containsExactly(
                        TextOrder.CODE_POINT,
                        TextOrder.CODE_POINT,
                        TextOrder.CODE_POINT,
                        TextOrder.CODE_POINT,
                        TextOrder.UNKNOWN,
                        TextOrder.NONDETERMINISTIC,
                        TextOrder.CODE_POINT,
                        TextOrder.NOT_TEXT);
    }

    @Test
    void readsTheDatabasesCollation() throws Exception {
        assumeThat(DATABASE.facts().majorVersion()).isGreaterThanOrEqualTo(15);
        String icu = SharedPostgres.createDatabase(
                "icu", "TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
        SharedPostgres.execute(icu, "CREATE TABLE t (a text, b text COLLATE \"C\")");
        try (ServiceDatabase database = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(icu)))) {
            assertThat(database.facts().order()).isEqualTo(TextOrder.UNKNOWN);
            assertThat(Objects.requireNonNull(database.resolve("public", new TableName(null, "t")))
                            .columns())
                    .extracting(ColumnDefinition::order)
                    .containsExactly(TextOrder.UNKNOWN, TextOrder.CODE_POINT);
        }
    }

    @Test
    void trustsNoOrderOutsideOfUtf8() throws Exception {
        String latin = SharedPostgres.createDatabase("latin", "TEMPLATE template0 LOCALE 'C' ENCODING 'LATIN1'");
        SharedPostgres.execute(latin, "CREATE TABLE t (a text)");
        try (ServiceDatabase database = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(latin)))) {
            assertThat(database.facts().isUtf8()).isFalse();
            assertThat(Objects.requireNonNull(database.resolve("public", new TableName(null, "t")))
                            .column(1)
                            .order())
                    .isEqualTo(TextOrder.UNKNOWN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a_view, view, v",
        "a_matview, materialized view, m",
        "a_sequence, sequence, S",
        "a_foreign, foreign table, f",
        "guarded, row-level security, r",
        "half_foreign, foreign table partition, p",
        "twice_pkey, index, i",
        "pg_class, system catalog, r",
        "pg_views, system catalog, v"
    })
    void saysWhyARelationIsNotCached(String name, String reason, char kind) throws Exception {
        SharedPostgres.execute(NAME, "CREATE INDEX IF NOT EXISTS twice_pkey ON twice (a)");
        TableDefinition table = resolve("public", null, name);
        assertThat(table.notCacheable()).isEqualTo(reason);
        assertThat(table.kind()).isEqualTo(kind);
    }

    @Test
    void knowsTheInformationSchema() throws Exception {
        assertThat(resolve("public", "information_schema", "tables").notCacheable())
                .isEqualTo("system catalog");
    }

    @Test
    void readsATableWithoutColumns() throws Exception {
        TableDefinition table = resolve("public", null, "empty_table");
        assertThat(table.columns()).isEmpty();
        assertThat(table.notCacheable()).isNull();
        assertThat(table.estimatedRows()).isZero();
        assertThat(table.estimatedBytes()).isZero();
    }

    @Test
    void readsOnlyPlainIndexes() throws Exception {
        assertThat(resolve("public", null, "indexed").indexes())
                .containsExactly(
                        new IndexDefinition("indexed_pkey", true, true, List.of(1)),
                        new IndexDefinition("indexed_a_d_b_key", true, false, List.of(2, 5)),
                        new IndexDefinition("indexed_b", false, false, List.of(3)),
                        new IndexDefinition("indexed_desc", false, false, List.of(4, 2)));
    }

    @Test
    void trustsNoConstraintOfAnInheritanceParent() throws Exception {
        TableDefinition parent = resolve("public", null, "parent");
        assertThat(parent.indexes()).containsExactly(new IndexDefinition("parent_pkey", false, false, List.of(1)));
        assertThat(parent.columns()).extracting(ColumnDefinition::notNull).containsOnly(false);
        assertThat(parent.estimatedRows()).isEqualTo(5000);
        assertThat(parent.estimatedBytes())
                .isEqualTo(resolve("public", null, "child").estimatedBytes())
                .isPositive();
    }

    @Test
    void trustsTheKeyOfAPartitionedTable() throws Exception {
        TableDefinition parted = resolve("public", null, "parted");
        assertThat(parted.kind()).isEqualTo('p');
        assertThat(parted.notCacheable()).isNull();
        assertThat(parted.indexes()).containsExactly(new IndexDefinition("parted_pkey", true, true, List.of(1)));
        assertThat(parted.column(1).notNull()).isTrue();
        assertThat(parted.estimatedRows()).isEqualTo(3000);
        assertThat(parted.estimatedBytes()).isGreaterThan(300_000);
    }

    @Test
    void hasNoEstimateBeforeTheFirstAnalyze() throws Exception {
        SharedPostgres.execute(NAME, "CREATE TABLE never (i int) WITH (autovacuum_enabled = off)");
        SharedPostgres.execute(NAME, "INSERT INTO never SELECT generate_series(1, 1000)");
        assertThat(resolve("public", null, "never").estimatedRows()).isNegative();
    }

    @Test
    void doesNotGuessWhereASchemaIsClosed() throws Exception {
        SharedPostgres.execute(
                NAME,
                "CREATE SCHEMA closed",
                "CREATE TABLE closed.twice (c int)",
                "DROP ROLE IF EXISTS resolution_service",
                "CREATE ROLE resolution_service LOGIN");
        try (ServiceDatabase database =
                new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME, "resolution_service")))) {
            assertThat(database.resolve("public", new TableName(null, "twice"))).isNotNull();
            // To a client that may use it, the name means closed.twice.
            assertThat(database.resolve("closed, public", new TableName(null, "twice")))
                    .isNull();
            assertThat(database.resolve("public", new TableName("closed", "twice")))
                    .isNull();
            assertThat(database.resolve("not_there, public", new TableName(null, "twice")))
                    .isNotNull();
            assertThatThrownBy(() -> database.describe("closed, public", "SELECT * FROM twice", new int[0]))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void isDeafToShadowedFunctions() throws Exception {
        SharedPostgres.execute(
                NAME,
                "CREATE SCHEMA shadow",
                "CREATE FUNCTION shadow.to_regclass(text) RETURNS regclass LANGUAGE sql AS"
                        + " $$ SELECT 'pg_catalog.pg_class'::pg_catalog.regclass $$");
        assertThat(resolve("shadow, public, pg_catalog", null, "twice").schema())
                .isEqualTo("public");
    }

    @Test
    void listsTheCatalogsRelations() throws Exception {
        assertThat(DATABASE.catalogRelations())
                .contains("pg_class", "pg_tables", "pg_stat_activity")
                .doesNotContain("tables", "pg_class_oid_index", "kinds");
    }

    @Test
    void readsFacts() throws Exception {
        ServerFacts facts = DATABASE.facts();
        assertThat(facts.database()).isEqualTo(NAME);
        assertThat(facts.majorVersion()).isBetween(13, 19);
        assertThat(facts.isUtf8()).isTrue();
        assertThat(facts.collationProvider()).isEqualTo('c');
        assertThat(facts.collation()).isEqualTo("C");
        assertThat(facts.order()).isEqualTo(TextOrder.CODE_POINT);
        assertThat(facts.systemIdentifier()).matches("\\d+");
    }

    private static TableDefinition resolve(String path, @Nullable String schema, String name) throws SQLException {
        return Objects.requireNonNull(DATABASE.resolve(path, new TableName(schema, name)), name);
    }

    private static ColumnDefinition column(
            int attnum,
            String name,
            int typeOid,
            String typeName,
            int typmod,
            boolean notNull,
            @Nullable String notCacheable) {
        return new ColumnDefinition(attnum, name, typeOid, typeName, typmod, notNull, TextOrder.NOT_TEXT, notCacheable);
    }

    private static ColumnDefinition text(
            int attnum, String name, int typeOid, String typeName, int typmod, @Nullable String notCacheable) {
        return new ColumnDefinition(attnum, name, typeOid, typeName, typmod, false, TextOrder.CODE_POINT, notCacheable);
    }
}
