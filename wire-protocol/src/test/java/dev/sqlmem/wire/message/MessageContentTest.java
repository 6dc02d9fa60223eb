package dev.sqlmem.wire.message;

import static dev.sqlmem.wire.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageContentTest {
    private static final short TEXT = 0;
    private static final short BINARY = 1;

    @Test
    void formatsOfBindFollowTheManualsRule() {
        List<ByteBuf> two = List.of(wire("'a'"), wire("'b'"));
        Bind none = new Bind("", "", List.of(), two, List.of());
        Bind one = new Bind("", "", List.of(BINARY), two, List.of(BINARY));
        Bind each = new Bind("", "", List.of(TEXT, BINARY), two, List.of(BINARY, TEXT));
        Bind wrong = new Bind("", "", List.of(TEXT, BINARY, TEXT), two, List.of());
        assertThat(none.parameterFormat(1)).isEqualTo(TEXT);
        assertThat(one.parameterFormat(1)).isEqualTo(BINARY);
        assertThat(each.parameterFormat(0)).isEqualTo(TEXT);
        assertThat(each.parameterFormat(1)).isEqualTo(BINARY);
        assertThat(none.resultFormat(5)).isEqualTo(TEXT);
        assertThat(one.resultFormat(5)).isEqualTo(BINARY);
        assertThat(each.resultFormat(0)).isEqualTo(BINARY);
        assertThat(List.of(none, one, each, wrong))
                .extracting(Bind::parameterFormatsMatch)
                .containsExactly(true, true, true, false);
    }

    @Test
    void decodedValuesShareTheBody() {
        ByteBuf body = wire("0001 00000002 '42'");
        DataRow row = DataRow.decode(body);
        body.setByte(6, '9');
        assertThat(row.values()).containsExactly(wire("'92'"));
    }

    @Test
    void diagnosticPrefersTheSeverityThatIsNotLocalised() {
        ErrorResponse error = ErrorResponse.decode(
                wire("'SFEHLER' 00 'VERROR' 00 'C22012' 00 'MDivision durch Null' 00 'Fint.c' 00 00"));
        assertThat(error.severity()).isEqualTo("ERROR");
        assertThat(error.sqlState()).isEqualTo("22012");
        assertThat(error.message()).isEqualTo("Division durch Null");
        assertThat(error.hint()).isNull();
        assertThat(error.fields().keySet()).containsExactly('S', 'V', 'C', 'M', 'F');
    }

    @Test
    void diagnosticDoesWithoutFields() {
        NoticeResponse notice = NoticeResponse.decode(wire("00"));
        assertThat(notice.severity()).isEmpty();
        assertThat(notice.sqlState()).isEmpty();
        assertThat(notice.message()).isEmpty();
        assertThat(NoticeResponse.decode(wire("'SLOG' 00 'Hhint' 00 00")))
                .satisfies(old -> assertThat(old.severity()).isEqualTo("LOG"))
                .satisfies(old -> assertThat(old.hint()).isEqualTo("hint"));
    }
}
