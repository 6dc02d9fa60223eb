package dev.sqlmem.cache.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.Tables;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TextOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How values are stored and what their columns are declared as, which files of earlier runs rely on. Where a change of the product makes one of these
 * lines wrong, {@code VERSION} in {@code dev.sqlmem.snapshot.Layout} must be raised with it.
 */
class StoredFormTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "16   | -1     | 01                               | 1 | INTEGER",
                "21   | -1     | FFFE                             | -2 | INTEGER",
                "23   | -1     | 0001E240                         | 123456 | INTEGER",
                "20   | -1     | 7FFFFFFFFFFFFFFF                 | 9223372036854775807 | INTEGER",
                "1700 | 655366 | 0002000000000002000C0D48         | 1234 | INTEGER",
                "25   | -1     | 6772C3B6C39F65                   | 'größe' | TEXT",
                "1043 | 14     | 6162                             | 'ab' | TEXT",
                "1042 | 8      | 61622020                         | 'ab' | TEXT",
                "17   | -1     | 00FF27                           | X'00FF27' | BLOB",
                "1082 | -1     | 00002573                         | 9587 | INTEGER",
                "1083 | -1     | 0000000A4FFCB3C0                 | 44291634112 | INTEGER",
                "1114 | -1     | 0002F0A5B7D0D340                 | 827544497607488 | INTEGER",
                "1184 | -1     | 0002F0A5B7D0D340                 | 827544497607488 | INTEGER",
                "701  | -1     | 3FF8000000000000                 | 1.5 | ANY",
                "701  | -1     | 7FF8000000000000                 | 'NaN' | ANY",
                "701  | -1     | 4014000000000000                 | 5.0 | ANY",
                "1700 | -1     | 0002000000000002000C0D48         | X'038000000D0D49' | BLOB",
                "2950 | -1     | 000102030405060708090A0B0C0D0E0F | X'000102030405060708090A0B0C0D0E0F' | BLOB",
            })
    void isAsItWas(int type, int typmod, String binary, String stored, String declared) throws Exception {
        ColumnDefinition column = new ColumnDefinition(1, "c", type, "type", typmod, false, TextOrder.NOT_TEXT, null);
        TableDefinition table = Tables.table(1, "t", List.of(column), List.of());
        MemoryBudget budget = new MemoryBudget(1 << 20);
        TableLayout layout = TableLayout.of(table, Set.of(1), true);
        assertThat(layout.stored().get(0).declared()).isEqualTo(declared);
        try (GenerationBuilder builder = new GenerationBuilder(layout, Instant.EPOCH, budget)) {
            builder.row(Tables.tuple(HexFormat.of().parseHex(binary)));
            Generation generation = builder.seal();
            assertThat(generation.tryAcquire()).isTrue();
            Reader reader = generation.borrow();
            Statement statement = reader.statement(new ReadQuery("SELECT quote(c1) FROM t", 0));
            statement.step();
            byte[] quoted = Objects.requireNonNull(statement.columnBytes(0));
            generation.giveBack(reader);
            generation.release();
            generation.retire();
            assertThat(new String(quoted, StandardCharsets.UTF_8)).isEqualTo(stored);
        }
    }
}
