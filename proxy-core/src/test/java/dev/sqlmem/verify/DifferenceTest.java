package dev.sqlmem.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.plan.Lookups;
import dev.sqlmem.plan.ResultDescription;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.upstream.jdbc.FieldDescription;
import dev.sqlmem.upstream.jdbc.RawAnswer;
import dev.sqlmem.wire.message.RowDescription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final FieldDescription A = new FieldDescription("a", 4711, 1, 25, -1, -1);
    private static final FieldDescription B = new FieldDescription("b", 4711, 2, 23, 4, -1);

    @Test
    void rowsMayComeInAnyOrder() {
        assertThat(difference(List.of(), false, rows("a1", "b2"), rows("b2", "a1")))
                .isNull();
        assertThat(difference(List.of(), false, rows("a1", "a1", "b2"), rows("a1", "b2", "b2")))
                .isEqualTo("row 2 of both answers sorted");
        assertThat(difference(List.of(), false, rows("a1"), rows("a1", "a1")))
                .isEqualTo("1 rows from the cache, 2 from the server");
        assertThat(difference(List.of(), false, rows("a-"), rows("a0"))).isNotNull();
    }

    @Test
    void sortKeysMustComeInTheirSequence() {
        assertThat(difference(List.of(0), false, rows("a1", "a2", "b1"), rows("a2", "a1", "b1")))
                .isNull();
        assertThat(difference(List.of(0), false, rows("a1", "b1"), rows("b1", "a1")))
                .isEqualTo("the sort keys of row 1");
        assertThat(difference(List.of(1, 0), false, rows("a1", "b1"), rows("b1", "a1")))
                .isEqualTo("the sort keys of row 1");
        assertThat(difference(List.of(1), false, rows("a-", "b-"), rows("b-", "a-")))
                .isNull();
    }

    @Test
    void aLimitMayKeepOtherRowsWithTheSameKeys() {
        assertThat(difference(List.of(0), true, rows("a1", "a2"), rows("a2", "a3")))
                .isNull();
        assertThat(difference(List.of(0), true, rows("a1", "a2"), rows("a1", "b2")))
                .isEqualTo("the sort keys of row 2");
    }

    @Test
    void theDescriptionMustBeTheSame() {
        RawAnswer other = new RawAnswer(List.of(A, new FieldDescription("b", 4711, 2, 23, 4, 7)), List.of(), "");
        assertThat(Difference.between(read(List.of(), false), List.of(), other)).contains("column 2");
        assertThat(Difference.between(read(List.of(), false), List.of(), new RawAnswer(List.of(A), List.of(), "")))
                .isEqualTo("2 columns from the cache, 1 from the server");
        assertThat(Difference.between(read(List.of(), false), List.of(), new RawAnswer(List.of(), List.of(), "22012")))
                .isEqualTo("the server raises 22012");
    }

    private static @Nullable String difference(
            List<Integer> sortedBy, boolean cut, List<byte[]> cached, List<byte[]> upstream) {
        return Difference.between(read(sortedBy, cut), cached, new RawAnswer(List.of(A, B), upstream, ""));
    }

    private static TranslatedQuery read(List<Integer> sortedBy, boolean cut) {
        RowDescription description = new RowDescription(List.of(
                new RowDescription.Field("a", 4711, (short) 1, 25, (short) -1, -1, (short) 0),
                new RowDescription.Field("b", 4711, (short) 2, 23, (short) 4, -1, (short) 0)));
        return new TranslatedQuery(
                new ReadQuery("", 0),
                List.of(),
                List.of(),
                new ResultDescription(description),
                List.of(),
                List.of(),
                new Lookups(),
                List.of(),
                List.of(),
                false,
                cut ? "rows that ORDER BY leaves equal" : "",
                true,
                sortedBy,
                cut);
    }

    /** Each row of two one-letter values; {@code -} stands for null. */
    private static List<byte[]> rows(String... rows) {
        return Arrays.stream(rows).map(DifferenceTest::row).toList();
    }

    private static byte[] row(String values) {
        ByteBuffer frame = ByteBuffer.allocate(64).put((byte) 'D').putInt(0).putShort((short) values.length());
        for (byte value : values.getBytes(StandardCharsets.US_ASCII)) {
            if (value == '-') {
                frame.putInt(-1);
            } else {
                frame.putInt(1).put(value);
            }
        }
        frame.putInt(1, frame.position() - 1);
        return Arrays.copyOf(frame.array(), frame.position());
    }
}
