package dev.sqlmem.wire.message;

import static dev.sqlmem.wire.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageContentTest {
    private static final short TEXT = 0;
    private static final short BINARY = 1;

    @Test
    void formatsOfBindFollowTheManualsRule() {
        List<ByteBuf> two = List.of(wire("'a'"), wire("'b'"));
        BindView none = view(new Bind("", "", List.of(), two, List.of()));
        BindView one = view(new Bind("", "", List.of(BINARY), two, List.of(BINARY)));
        BindView each = view(new Bind("", "", List.of(TEXT, BINARY), two, List.of(BINARY, TEXT)));
        BindView wrong = view(new Bind("", "", List.of(TEXT, BINARY, TEXT), two, List.of()));
        assertThat(none.isBinary(1)).isFalse();
        assertThat(one.isBinary(1)).isTrue();
        assertThat(each.isBinary(0)).isFalse();
        assertThat(each.isBinary(1)).isTrue();
        assertThat(none.binaryResults(6)).isNull();
        assertThat(one.binaryResults(6)).containsOnly(true).hasSize(6);
        assertThat(each.binaryResults(2)).containsExactly(true, false);
        assertThat(List.of(none, one, each, wrong))
                .extracting(view -> view.hasValidFormats(2))
                .containsExactly(true, true, true, false);
        assertThat(each.hasValidFormats(3)).isFalse();
        assertThat(view(new Bind("", "", List.of((short) 2), two, List.of())).hasValidFormats(2))
                .isFalse();
    }

    private static BindView view(Bind bind) {
        ByteBuf frame = Unpooled.buffer();
        bind.encode(frame);
        BindView view = new BindView();
        view.read(frame);
        return view;
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
