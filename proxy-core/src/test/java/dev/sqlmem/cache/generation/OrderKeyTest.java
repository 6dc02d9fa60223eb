package dev.sqlmem.cache.generation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.LoadOutcome;
import dev.sqlmem.cache.TableCache;
import dev.sqlmem.cache.TableSource;
import dev.sqlmem.cache.Tables;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.storage.TypeTraits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns with the server's order beside them: what is loaded, refused, indexed and found. */
final class OrderKeyTest {
    private static final int KEY = 2 + 2048;

    private final MemoryBudget budget = new MemoryBudget(64 << 20);
    private final ExecutorService loaders = Executors.newFixedThreadPool(1);

    @AfterEach
    void stop() throws InterruptedException {
        loaders.shutdown();
        assertThat(loaders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static TableDefinition words(String collationVersion, IndexDefinition... indexes) {
        ColumnDefinition word = new ColumnDefinition(
                2,
                "w",
                25,
                "text",
                -1,
                false,
                TypeTraits.BUILT_IN,
                TextOrder.UNKNOWN,
                100,
                collationVersion,
                true,
                null);
        return Tables.table(1, "words", List.of(Tables.column(1, "id", Tables.INT4, true), word), List.of(indexes));
    }

    private static byte[] int8(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] utf8(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Rows of a word and its key each, as far as both are asked for. */
    private static TableSource rows(Object... wordsAndKeys) {
        return (table, columns, sink) -> {
            for (int i = 0; i < wordsAndKeys.length; i += 2) {
                List<byte[]> fields = new ArrayList<>();
                for (ColumnDefinition column : columns) {
                    Object cell = wordsAndKeys[column.attnum() == KEY ? i + 1 : i];
                    fields.add(
                            column.attnum() == 1
                                    ? Tables.int4(i)
                                    : cell == Tables.NULL
                                            ? Tables.NULL
                                            : cell instanceof Number key ? int8(key.longValue()) : utf8((String) cell));
                }
                sink.row(Tables.tuple(fields.toArray(byte[][]::new)));
            }
        };
    }

    private TableCache cache(TableSource source) {
        return new TableCache("db", source, budget, loaders, InstantSource.system());
    }

    private static LoadOutcome ensure(TableCache cache, TableDefinition table, int... attnums) throws Exception {
        return cache.ensure(table, Tables.list(attnums)).get();
    }

    private static List<String> plan(Generation generation, String sql) {
        Reader reader = generation.borrow();
        Statement statement = reader.statement(new ReadQuery("EXPLAIN QUERY PLAN " + sql, 0));
        List<String> plan = new ArrayList<>();
        while (statement.step()) {
            plan.add(new String(requireNonNull(statement.columnBytes(3)), StandardCharsets.UTF_8));
        }
        generation.giveBack(reader);
        return plan;
    }

    private static List<Number> places(Generation generation, String... words) {
        Reader reader = generation.borrow();
        List<Number> places = new ArrayList<>();
        for (String word : words) {
            places.add(Objects.requireNonNullElse(generation.places().of(reader, KEY, utf8(word)), -1));
        }
        generation.giveBack(reader);
        return places;
    }

    @Test
    void comeOnlyWhenTheyAreWantedAndShowInNoList() throws Exception {
        try (TableCache cache = cache(rows("b", 2, "a", 1, Tables.NULL, Tables.NULL))) {
            ensure(cache, words("1"), 2);
            assertThat(cache.acquire(1, Tables.attnums(2, KEY))).isNull();
            assertThat(cache.columnStatus())
                    .singleElement()
                    .extracting(ColumnStatus::ordering)
                    .isEqualTo("server keys on demand");
            assertThat(ensure(cache, words("1"), 2, KEY)).isInstanceOf(LoadOutcome.Loaded.class);
            assertThat(cache.columnStatus())
                    .singleElement()
                    .extracting(ColumnStatus::ordering)
                    .isEqualTo("server keys");
            assertThat(cache.status()).singleElement().satisfies(status -> {
                assertThat(status.columns()).isEqualTo("w");
                assertThat(status.indexes()).isEmpty();
            });
            Generation generation = requireNonNull(cache.acquire(1, Tables.attnums(2, KEY)));
            assertThat(Tables.longs(generation.inlineReader(0), "SELECT c2050 FROM t WHERE c2 = 'b'"))
                    .containsExactly(2L);
            generation.release();
        }
    }

    @ParameterizedTest
    @CsvSource({"a, ''", "'', 1", "a, 5000001"})
    void areRefusedWithoutTheColumnWhereTheyAreNotRight(String word, String key) throws Exception {
        TableSource source =
                rows("b", 2, word.isEmpty() ? Tables.NULL : word, key.isEmpty() ? Tables.NULL : Long.valueOf(key));
        String reason = "there are more than 5000000 different ones";
        try (TableCache cache = cache(source)) {
            LoadOutcome outcome = ensure(cache, words("1"), 2, KEY);
            assertThat(((LoadOutcome.Refused) outcome).reason())
                    .contains("the order of column w is left to the server")
                    .contains(reason);
            assertThat(ensure(cache, words("1"), 2)).isInstanceOf(LoadOutcome.Loaded.class);
            assertThat(cache.refusal(1, Tables.attnums(2, KEY))).contains(reason);
            assertThat(cache.refusal(1, Tables.attnums(1, 2))).isNull();
        }
    }

    /** The server may have no room for the sort; that is no reason to lose the table. */
    @Test
    void areGivenUpWhereTheServerFails() throws Exception {
        TableSource source = (table, columns, sink) -> {
            if (columns.stream().anyMatch(column -> OrderKey.isOne(column.attnum()))) {
                throw new IllegalStateException("temporary file size exceeds temp_file_limit");
            }
            rows("b", 2).load(table, columns, sink);
        };
        try (TableCache cache = cache(source)) {
            var column = cache.ensure(words("1"), Tables.list(1, 2));
            LoadOutcome outcome = ensure(cache, words("1"), 2, KEY);
            assertThat(((LoadOutcome.Refused) outcome).reason()).contains("temp_file_limit");
            assertThat(column.get()).isInstanceOf(LoadOutcome.Loaded.class);
            assertThat(ensure(cache, words("1"), 2)).isInstanceOf(LoadOutcome.Loaded.class);
        }
    }

    @Test
    void leaveWithTheCollationTheyWereMadeBy() throws Exception {
        try (TableCache cache = cache(rows("b", 2, "a", 1))) {
            ensure(cache, words("153.120"), 2, KEY);
            assertThat(cache.refusal(1, Tables.attnums(2, KEY))).isNull();
            cache.definitionChanged(words("154.1"));
            assertThat(cache.acquire(1, Tables.attnums(2))).isNull();
        }
    }

    @Test
    void placesOfValuesThatClientsInventHaveAnEnd() throws Exception {
        try (TableCache cache = cache(rows("b", 2, "a", 1))) {
            ensure(cache, words("1"), 2, KEY);
            Generation generation = requireNonNull(cache.acquire(1, Tables.attnums(2, KEY)));
            String[] words = new String[100_000];
            for (int i = 0; i < words.length; i++) {
                words[i] = "x" + i;
                generation.places().keep(KEY, utf8(words[i]), 2);
            }
            List<Number> places = places(generation, words);
            assertThat(places).contains(2.5);
            assertThat(places.stream().filter(place -> place.doubleValue() > 0)).hasSizeLessThanOrEqualTo(4_000);
            generation.release();
        }
    }

    @Test
    void findPlacesOfValuesThereAndNotThere() throws Exception {
        try (TableCache cache = cache(rows("b", 3, "a", 1, "B", 4, "A", 2, "a", 1))) {
            ensure(cache, words("1"), 2, KEY);
            Generation generation = requireNonNull(cache.acquire(1, Tables.attnums(2, KEY)));
            assertThat(places(generation, "a", "B", "x")).containsExactly(1L, 4L, -1);
            generation.places().keep(KEY, utf8("x"), 4);
            generation.places().keep(KEY, utf8(""), 0);
            assertThat(places(generation, "x", "", "X")).containsExactly(4.5, 0.5, -1);
            Reader reader = generation.borrow();
            assertThat(generation.places().count(reader, KEY)).isEqualTo(4);
            assertThat(generation.places().values(reader, KEY, 1, 4, 2)).containsExactly("a", "b");
            generation.giveBack(reader);
            generation.release();
        }
    }

    @Test
    void giveRowsInOrderFromAnIndex() throws Exception {
        IndexDefinition both = new IndexDefinition("both", false, false, List.of(1, 2));
        Object[] many = new Object[400]; // SQLite reads the whole of a table that is smaller than an index is deep
        Arrays.setAll(many, i -> i % 2 == 0 ? "word " + (1000 + i / 2) : (Object) (long) (i / 2 + 1));
        try (TableCache cache = cache(rows(many))) {
            ensure(cache, words("1", both), 1, 2, KEY);
            Generation generation = requireNonNull(cache.acquire(1, Tables.attnums(1, 2, KEY)));
            assertThat(generation.indexes()).containsExactly("both");
            for (String sql : List.of(
                    "SELECT c2 FROM t AS r1 ORDER BY r1.c2050 NULLS LAST LIMIT 20",
                    "SELECT c2 FROM t AS r1 ORDER BY r1.c2050 DESC NULLS FIRST LIMIT 20",
                    "SELECT c2 FROM t AS r1 WHERE (r1.c2050 > 1.5) ORDER BY r1.c2050 NULLS LAST LIMIT 20",
                    "SELECT c2 FROM t AS r1 WHERE (r1.c1 = 1) ORDER BY r1.c2050 NULLS LAST LIMIT 20",
                    "SELECT (SELECT c2 FROM t WHERE c2050 = m.k LIMIT 1) FROM (SELECT max(r1.c2050) AS k FROM t AS r1) AS m",
                    "SELECT c2050 FROM t WHERE c2 = 'a' LIMIT 1")) {
                assertThat(plan(generation, sql))
                        .as(sql)
                        .anyMatch(step -> step.contains("INDEX i"))
                        .noneMatch(step -> step.contains("TEMP B-TREE"));
            }
            generation.release();
        }
    }

    @Test
    void areStoredWithTheirColumns() throws Exception {
        TableLayout layout = TableLayout.of(words("1"), Set.of(KEY), true);
        assertThat(layout.createTable()).isEqualTo("CREATE TABLE t (c2 TEXT, c2050 INTEGER) STRICT");
        assertThat(layout.stored()).extracting(StoredColumn::name).containsExactly("c2", "c2050");
    }
}
