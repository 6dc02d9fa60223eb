package dev.sqlmem.wire.message;

import static dev.sqlmem.wire.WireBytes.array;
import static dev.sqlmem.wire.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WireStringTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "'plain' 00",
                "c3a4 e282ac f09f9880 00", // 2, 3 and 4 bytes
                "'M' fc 'ller' 00", // LATIN1
                "efbfbd 00", // a replacement character that was really sent
                "efbfbd fc 00",
                "f09f9880 80 00", // a pair of surrogates, then a stray byte
                "eda080 00", // an encoded surrogate
                "c080 00", // an overlong zero
                "f09f98 00", // cut short
                "e282 'a' 00"
            })
    void bytesSurviveReadingAndWriting(String notation) {
        ByteBuf in = wire(notation);
        String string = WireString.read(in);
        assertThat(in.isReadable()).isFalse();
        ByteBuf out = Unpooled.buffer();
        WireString.write(out, string);
        assertThat(array(out)).isEqualTo(array(notation));
    }

    @Test
    void anyBytesSurvive() {
        Random random = new Random(42);
        for (int i = 0; i < 100_000; i++) {
            ByteBuf in = Unpooled.buffer();
            for (int n = random.nextInt(12); n > 0; n--) {
                // Mostly what starts or continues a sequence of UTF-8.
                in.writeByte(random.nextInt(4) == 0 ? 1 + random.nextInt(255) : 0x80 + random.nextInt(128));
            }
            in.writeByte(0);
            ByteBuf out = Unpooled.buffer();
            WireString.write(out, WireString.read(in.duplicate()));
            assertThat(out).isEqualTo(in);
        }
    }

    @Test
    void validUtf8IsReadAsSuch() {
        String string = WireString.read(wire("c3a4 e282ac f09f9880 00"));
        assertThat(string).isEqualTo("ä€😀");
        assertThat(WireString.isUtf8(string)).isTrue();
    }

    @Test
    void otherBytesBecomeLoneSurrogates() {
        String string = WireString.read(wire("'M' fc 'ller' 00"));
        assertThat(string).isEqualTo("M\udcfcller");
        assertThat(WireString.isUtf8(string)).isFalse();
    }

    @Test
    void readingStopsAtTheFirstZero() {
        ByteBuf in = wire("'a' 00 'b' 00");
        assertThat(WireString.read(in)).isEqualTo("a");
        assertThat(in.readableBytes()).isEqualTo(2);
    }

    @Test
    void missingTerminatorIsRefused() {
        assertThatThrownBy(() -> WireString.read(wire("'abc'"))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void zeroInsideIsNotWritten() {
        assertThatThrownBy(() -> WireString.write(Unpooled.buffer(), "a\0b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
