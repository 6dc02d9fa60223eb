package dev.sqlmem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameCompareTest {
    private static final RowOrder TOTAL = new RowOrder.Total();
    private static final RowOrder ANY = new RowOrder.Any();
    private static final RowOrder BY_FIRST = new RowOrder.ByKeys(List.of(0));

    @Test
    void seesTheOrderOfRowsAsFarAsItIsDetermined() {
        List<Frame> one = List.of(row("1", "a"), row("1", "b"), row("2", "c"), complete("SELECT 3"));
        List<Frame> tiesSwapped = List.of(row("1", "b"), row("1", "a"), row("2", "c"), complete("SELECT 3"));
        List<Frame> keysSwapped = List.of(row("1", "a"), row("2", "c"), row("1", "b"), complete("SELECT 3"));

        assertThat(difference(TOTAL, one, one)).isEmpty();
        assertThat(difference(TOTAL, one, tiesSwapped)).isPresent();
        assertThat(difference(BY_FIRST, one, tiesSwapped)).isEmpty();
        assertThat(difference(BY_FIRST, one, keysSwapped)).isPresent();
        assertThat(difference(ANY, one, keysSwapped)).isEmpty();
    }

    @Test
    void countsEqualRows() {
        List<Frame> two = List.of(row("1"), row("1"), row("2"));

        assertThat(difference(ANY, two, List.of(row("1"), row("2"), row("2")))).isPresent();
        assertThat(difference(ANY, two, List.of(row("1"), row("2")))).isPresent();
        assertThat(difference(ANY, two, List.of(row("2"), row("1"), row("1")))).isEmpty();
    }

    @Test
    void seesMissingFrames() {
        assertThat(difference(TOTAL, List.of(complete("SET")), List.of())).isPresent();
        assertThat(difference(TOTAL, List.of(), List.of(complete("SET")))).isPresent();
        assertThat(difference(TOTAL, List.of(row("1")), List.of(complete("SET"))))
                .isPresent();
    }

    @Test
    void tellsNullFromEmpty() {
        Frame withNull = new FrameBody().int16(1).int32(-1).as('D');

        assertThat(difference(ANY, List.of(withNull), List.of(row("")))).isPresent();
    }

    @Test
    void comparesErrorsByWhatItIsTold() {
        List<Frame> one = List.of(error("42601", "one", "10"));
        List<Frame> otherWords = List.of(error("42601", "two", "10"));
        List<Frame> otherLine = List.of(error("42601", "one", "11"));
        List<Frame> otherState = List.of(error("42P01", "one", "10"));

        assertThat(new FrameCompare(ANY, FrameCompare.ErrorMatch.SQLSTATE).difference(one, otherWords))
                .isEmpty();
        assertThat(new FrameCompare(ANY, FrameCompare.ErrorMatch.SQLSTATE).difference(one, otherState))
                .isPresent();
        assertThat(new FrameCompare(ANY, FrameCompare.ErrorMatch.MESSAGE).difference(one, otherWords))
                .isPresent();
        assertThat(new FrameCompare(ANY, FrameCompare.ErrorMatch.MESSAGE).difference(one, otherLine))
                .isEmpty();
        assertThat(new FrameCompare(ANY, FrameCompare.ErrorMatch.WHOLE).difference(one, otherLine))
                .isPresent();
    }

    @Test
    void showsBothSides() {
        assertThat(difference(TOTAL, List.of(row("1", "left")), List.of(row("1", "right"))))
                .hasValueSatisfying(report -> assertThat(report)
                        .contains("direct : DataRow 1 | left")
                        .contains("proxied: DataRow 1 | right")
                        .contains("6c656674"));
    }

    private static Optional<String> difference(RowOrder order, List<Frame> direct, List<Frame> proxied) {
        return new FrameCompare(order, FrameCompare.ErrorMatch.SQLSTATE).difference(direct, proxied);
    }

    private static Frame row(String... values) {
        FrameBody body = new FrameBody().int16(values.length);
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            body.int32(bytes.length).bytes(bytes);
        }
        return body.as('D');
    }

    private static Frame complete(String tag) {
        return new FrameBody().string(tag).as('C');
    }

    private static Frame error(String state, String message, String line) {
        return new FrameBody()
                .string("SERROR")
                .string("VERROR")
                .string("C" + state)
                .string("M" + message)
                .string("L" + line)
                .int8(0)
                .as('E');
    }
}
