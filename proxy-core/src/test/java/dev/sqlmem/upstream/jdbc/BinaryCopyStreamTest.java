package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCopyStreamTest {

    private static final String HEADER = "5047434f50590aff0d0a00" + "00000000" + "00000000";
    private static final String ROW = "0001" + "00000002" + "abcd";
    private static final String TRAILER = "ffff";

    private final List<String> rows = new ArrayList<>();
    private final BinaryCopyStream stream =
            new BinaryCopyStream(1, tuple -> rows.add(HexFormat.of().formatHex(tuple)));

    @Test
    void takesTheHeaderWithTheFirstRow() throws Exception {
        feed(HEADER + ROW, ROW, TRAILER);
        assertThat(stream.finish()).isEqualTo(2);
        assertThat(rows).containsExactly(ROW, ROW);
    }

    @Test
    void takesTheHeaderAlone() throws Exception {
        feed(HEADER, ROW, TRAILER);
        assertThat(stream.finish()).isEqualTo(1);
        assertThat(rows).containsExactly(ROW);
    }

    @Test
    void skipsAnExtension() throws Exception {
        feed("5047434f50590aff0d0a00" + "00000000" + "00000003" + "010203" + ROW, TRAILER);
        assertThat(rows).containsExactly(ROW);
    }

    @Test
    void takesNoRows() throws Exception {
        feed(HEADER + TRAILER);
        assertThat(stream.finish()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5047434f50590aff0d0a01" + "0000000000000000",
                "5047434f50590aff0d0a00" + "0001000000000000",
                "5047434f50590aff0d0a00" + "0000000000000001",
                "5047434f50590aff0d0a00" + "00000000ffffffff",
                "5047",
                HEADER + "0002" + "00000000" + "00000000",
                HEADER + "00"
            })
    void rejectsWhatIsNotTheFormat(String message) {
        assertThatThrownBy(() -> feed(message)).isInstanceOf(SQLException.class);
        assertThat(rows).isEmpty();
    }

    @Test
    void rejectsAStreamCutShort() throws Exception {
        feed(HEADER + ROW);
        assertThatThrownBy(stream::finish).isInstanceOf(SQLException.class);
    }

    @Test
    void rejectsARowBehindTheTrailer() throws Exception {
        feed(HEADER, TRAILER);
        assertThatThrownBy(() -> feed(ROW)).isInstanceOf(SQLException.class);
    }

    private void feed(String... messages) throws SQLException {
        for (String message : messages) {
            stream.message(HexFormat.of().parseHex(message));
        }
    }
}
