package dev.sqlmem.cache.generation;

import static dev.sqlmem.cache.Tables.BYTEA;
import static dev.sqlmem.cache.Tables.INT4;
import static dev.sqlmem.cache.Tables.NULL;
import static dev.sqlmem.cache.Tables.NUMERIC;
import static dev.sqlmem.cache.Tables.TEXT;
import static dev.sqlmem.cache.Tables.column;
import static dev.sqlmem.cache.Tables.int4;
import static dev.sqlmem.cache.Tables.longs;
import static dev.sqlmem.cache.Tables.text;
import static dev.sqlmem.cache.Tables.tuple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.cache.Tables;
import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GenerationTest {
    private final MemoryBudget budget = new MemoryBudget(64 << 20);
    private int openBefore;
    private int connectionsBefore;

    @BeforeEach
    void count() {
        openBefore = Generation.open();
        connectionsBefore = Generation.openConnections();
    }

    @AfterEach
    void nothingStaysOpen() {
        assertThat(Generation.open()).isEqualTo(openBefore);
        assertThat(Generation.openConnections()).isEqualTo(connectionsBefore);
        assertThat(budget.used()).isZero();
    }

    private Generation load(TableDefinition table, byte[]... tuples) throws LoadRefusedException {
        Set<Integer> attnums = table.columns().stream().map(c -> c.attnum()).collect(Collectors.toSet());
        try (GenerationBuilder builder =
                new GenerationBuilder(TableLayout.of(table, attnums, true), Instant.EPOCH, budget)) {
            for (byte[] tuple : tuples) {
                builder.row(tuple);
            }
            return builder.seal();
        }
    }

    @Test
    void keepsNullEmptyTextAndEmptyBytesApart() throws Exception {
        TableDefinition table =
                Tables.table(1, "t", List.of(column(1, "a", TEXT, false), column(2, "b", BYTEA, false)), List.of());
        Generation generation = load(
                table, tuple(NULL, NULL), tuple(text(""), new byte[0]), tuple(text("né€😀"), new byte[] {0, -1, 0}));
        Reader reader = generation.inlineReader(0);
        Statement statement = reader.statement(new ReadQuery("SELECT t.\"c1\", t.\"c2\" FROM t ORDER BY rowid", 0));

        assertThat(statement.step()).isTrue();
        assertThat(statement.columnType(0)).isEqualTo(Statement.NULL);
        assertThat(statement.columnBytes(0)).isNull();
        assertThat(statement.columnBytes(1)).isNull();
        assertThat(statement.step()).isTrue();
        assertThat(statement.columnType(0)).isEqualTo(Statement.TEXT);
        assertThat(statement.columnBytes(0)).isEmpty();
        assertThat(statement.columnType(1)).isEqualTo(Statement.BLOB);
        assertThat(statement.columnBytes(1)).isEmpty();
        assertThat(statement.step()).isTrue();
        assertThat(statement.columnBytes(0)).isEqualTo(text("né€😀"));
        assertThat(statement.columnBytes(1)).containsExactly(0, -1, 0);
        assertThat(statement.step()).isFalse();
        generation.retire();
    }

    @Test
    void bindsEveryKindOfParameter() throws Exception {
        Generation generation = load(Tables.integers(1, "t", "a"), tuple(int4(7)));
        Statement statement = generation
                .inlineReader(0)
                .statement(new ReadQuery("SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 FROM t WHERE t.\"c1\" = ?8", 8));
        statement.bindLong(1, Long.MIN_VALUE);
        statement.bindDouble(2, -0.5);
        statement.bindText(3, text("é"));
        statement.bindText(4, new byte[0]);
        statement.bindBlob(5, new byte[] {1, 0});
        statement.bindBlob(6, new byte[0]);
        statement.bindNull(7);
        statement.bindLong(8, 7);

        assertThat(statement.step()).isTrue();
        assertThat(statement.columnCount()).isEqualTo(7);
        assertThat(statement.columnLong(0)).isEqualTo(Long.MIN_VALUE);
        assertThat(statement.columnDouble(1)).isEqualTo(-0.5);
        assertThat(statement.columnBytes(2)).isEqualTo(text("é"));
        assertThat(statement.columnType(3)).isEqualTo(Statement.TEXT);
        assertThat(statement.columnBytes(4)).containsExactly(1, 0);
        assertThat(statement.columnType(5)).isEqualTo(Statement.BLOB);
        assertThat(statement.columnType(6)).isEqualTo(Statement.NULL);
        generation.retire();
    }

    @Test
    void findsRowsOfAnIntegerKeyByRowid() throws Exception {
        Generation generation =
                load(Tables.integers(1, "t", "a", "b"), tuple(int4(-5), int4(50)), tuple(int4(3), int4(30)));

        assertThat(generation.rowidIs(1)).isTrue();
        assertThat(generation.rowidIs(2)).isFalse();
        assertThat(generation.uniqueOn(Set.of(1, 2))).isTrue();
        assertThat(generation.uniqueOn(Set.of(2))).isFalse();
        assertThat(generation.indexes()).isEmpty();
        assertThat(longs(generation.inlineReader(0), "SELECT t.\"c2\" FROM t WHERE t.\"c1\" = -5"))
                .containsExactly(50L);
        assertThat(longs(generation.inlineReader(0), "SELECT rowid FROM t")).containsExactly(-5L, 3L);
        generation.retire();
    }

    @Test
    void buildsUpstreamIndexesAndClaimsOnlyProvenUniqueness() throws Exception {
        TableDefinition table = new TableDefinition(
                1,
                "public",
                "t",
                'p',
                List.of(column(1, "a", INT4, true), column(2, "b", INT4, false), column(3, "c", INT4, true)),
                List.of(
                        new IndexDefinition("t_pkey", true, true, List.of(1)),
                        new IndexDefinition("t_b", true, false, List.of(2)),
                        new IndexDefinition("t_c", true, false, List.of(3))),
                -1,
                0,
                null);
        Generation generation = load(
                table, tuple(int4(1), NULL, int4(1)), tuple(int4(2), NULL, int4(1)), tuple(int4(3), int4(9), int4(2)));

        assertThat(generation.rowidIs(1)).as("children may repeat a key").isFalse();
        assertThat(generation.indexes()).containsExactly("t_pkey", "t_b", "t_c");
        assertThat(generation.uniqueOn(Set.of(1))).isTrue();
        assertThat(generation.uniqueOn(Set.of(2))).as("holds nulls").isFalse();
        assertThat(generation.uniqueOn(Set.of(3))).as("repeats").isFalse();
        assertThat(longs(generation.inlineReader(0), "SELECT t.\"c1\" FROM t WHERE t.\"c3\" = 1 ORDER BY 1"))
                .containsExactly(1L, 2L);
        generation.retire();
    }

    @Test
    void indexesTheLeadingPartOfAnIndexThatIsNotWhollyHeld() {
        TableDefinition table = Tables.table(
                1,
                "t",
                List.of(column(1, "a", INT4, true), column(2, "b", INT4, true), column(3, "c", INT4, true)),
                List.of(
                        new IndexDefinition("ab", true, false, List.of(1, 2)),
                        new IndexDefinition("abc", true, false, List.of(1, 2, 3)),
                        new IndexDefinition("bc", true, false, List.of(2, 3)),
                        new IndexDefinition("c", false, false, List.of(3))));

        assertThat(TableLayout.of(table, Set.of(1, 2), true).indexes())
                .containsExactly(
                        new TableLayout.Index("ab", true, List.of(1, 2)),
                        new TableLayout.Index("bc", false, List.of(2)));
    }

    @Test
    void refusesAValueThatItCannotHoldExactly() {
        TableDefinition table = Tables.table(1, "t", List.of(column(1, "price", NUMERIC, false)), List.of());

        assertThatThrownBy(() -> load(table, tuple(Tables.numericNaN())))
                .isInstanceOf(LoadRefusedException.class)
                .hasMessageContaining("price");
    }

    @Test
    void refusesRowsThatAreNotWhatWasAskedFor() {
        TableDefinition table = Tables.integers(1, "t", "a", "b");

        assertThatThrownBy(() -> load(table, tuple(int4(1)))).isInstanceOf(LoadRefusedException.class);
        assertThatThrownBy(() -> load(table, tuple(NULL, int4(1)))).isInstanceOf(LoadRefusedException.class);
        assertThatThrownBy(() -> load(table, tuple(int4(1), new byte[8]))).isInstanceOf(LoadRefusedException.class);
    }

    @Test
    void comparesTextByItsBytes() throws Exception {
        TableDefinition table = Tables.table(1, "t", List.of(column(1, "a", TEXT, false)), List.of());
        Generation generation = load(table, tuple(text("a")), tuple(text("B")), tuple(text("é")), tuple(text("z")));
        Reader reader = generation.inlineReader(0);

        assertThat(longs(reader, "SELECT rowid FROM t ORDER BY t.\"c1\"")).containsExactly(2L, 1L, 4L, 3L);
        assertThat(longs(reader, "SELECT rowid FROM t WHERE t.\"c1\" LIKE 'b%'"))
                .isEmpty();
        generation.retire();
    }

    @Test
    void livesUntilTheLastLeaseIsBack() throws Exception {
        Generation generation = load(Tables.integers(1, "t", "a"), tuple(int4(1)));
        assertThat(generation.tryAcquire()).isTrue();
        assertThat(generation.tryAcquire()).isTrue();
        generation.retire();
        generation.retire();

        assertThat(generation.tryAcquire()).isFalse();
        assertThat(generation.retireIfIdle()).isFalse();
        generation.release();
        assertThat(longs(generation.borrow(), "SELECT t.\"c1\" FROM t")).containsExactly(1L);
        assertThat(Generation.open()).isEqualTo(openBefore + 1);
        generation.release();
        assertThat(Generation.open()).isEqualTo(openBefore);
        assertThatThrownBy(generation::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void lendsReadersAgainAfterResettingThem() throws Exception {
        Generation generation = load(Tables.integers(1, "t", "a"), tuple(int4(1)), tuple(int4(2)));
        ReadQuery query = new ReadQuery("SELECT t.\"c1\" FROM t", 0);
        Reader reader = generation.borrow();
        Statement statement = reader.statement(query);
        assertThat(statement.step()).isTrue();
        generation.giveBack(reader);
        Reader again = generation.borrow();

        assertThat(again).isSameAs(reader);
        assertThat(again.statement(query)).isSameAs(statement);
        assertThat(statement.step()).isTrue();
        assertThat(statement.columnLong(0)).isEqualTo(1);
        assertThat(generation.borrow()).isNotSameAs(reader);
        assertThat(generation.inlineReader(3)).isSameAs(generation.inlineReader(3));
        generation.retire();
    }

    @Test
    void forgetsTheStatementsThatWereUsedLongestAgo() throws Exception {
        Generation generation = load(Tables.integers(1, "t", "a"), tuple(int4(1)));
        Reader reader = generation.inlineReader(0);
        ReadQuery kept = new ReadQuery("SELECT 1 FROM t", 0);
        ReadQuery dropped = new ReadQuery("SELECT 2 FROM t", 0);
        Statement first = reader.statement(kept);
        Statement second = reader.statement(dropped);
        for (int i = 0; i < Reader.STATEMENTS - 1; i++) {
            reader.statement(new ReadQuery("SELECT 3 FROM t", 0));
            assertThat(reader.statement(kept)).isSameAs(first);
        }

        assertThat(reader.statement(dropped)).isNotSameAs(second);
        generation.retire();
    }

    @Test
    void reportsWhatSqliteReports() throws Exception {
        Generation generation = load(Tables.integers(1, "t", "a"), tuple(int4(1)));
        Reader reader = generation.inlineReader(0);

        assertThatThrownBy(() -> reader.statement(new ReadQuery("SELECT t.\"c9\" FROM t", 0)))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("c9");
        assertThatThrownBy(() -> reader.statement(new ReadQuery("SELECT ?1", 2)))
                .isInstanceOf(CacheException.class);
        Statement overflow = reader.statement(new ReadQuery("SELECT abs(?1) FROM t", 1));
        overflow.bindLong(1, Long.MIN_VALUE);
        assertThatThrownBy(overflow::step).isInstanceOf(CacheException.class).hasMessageContaining("overflow");
        overflow.bindLong(1, -4);
        assertThat(overflow.step()).isTrue();
        assertThatThrownBy(() -> longs(reader, "DELETE FROM t")).isInstanceOf(CacheException.class);
        generation.retire();
    }

    @Test
    void interruptsARunningStatement() throws Exception {
        Generation generation = load(Tables.integers(1, "t", "a"), tuple(int4(1)));
        ExecutorService worker = Executors.newSingleThreadExecutor();
        Reader reader = generation.borrow();
        Future<Boolean> interrupted = worker.submit(() -> {
            try {
                longs(reader, "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT max(x) FROM r");
                return false;
            } catch (CacheException e) {
                return e.interrupted();
            }
        });
        while (!interrupted.isDone()) {
            reader.interrupt();
            Thread.onSpinWait();
        }

        assertThat(interrupted.get()).isTrue();
        assertThat(longs(reader, "SELECT t.\"c1\" FROM t")).containsExactly(1L);
        worker.shutdown();
        generation.giveBack(reader);
        generation.retire();
        reader.interrupt();
    }
}
