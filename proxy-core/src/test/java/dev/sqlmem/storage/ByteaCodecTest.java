package dev.sqlmem.storage;

import static dev.sqlmem.storage.TypeCodecs.BYTEA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteaCodecTest {
    private static final TextSettings ESCAPE = new TextSettings(false, ZoneOffset.UTC.getRules(), Long.MIN_VALUE);

    @Test
    void writesHexOrEscape() {
        byte[] stored = Wire.hex("00011f207e7f80ff5c4162");

        assertThat(Wire.text(BYTEA, stored, -1, Wire.UTC)).isEqualTo("\\x00011f207e7f80ff5c4162");
        assertThat(Wire.text(BYTEA, stored, -1, ESCAPE)).isEqualTo("\\000\\001\\037 ~\\177\\200\\377\\\\Ab");
        assertThat(Wire.text(BYTEA, new byte[0], -1, Wire.UTC)).isEqualTo("\\x");
        assertThat(Wire.text(BYTEA, new byte[0], -1, ESCAPE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "feff00", "00017f80"})
    void keepsBinaryAsItIs(String hex) {
        assertThat(Wire.binary(BYTEA, Wire.hex(hex), -1)).isEqualTo(hex);
        assertThat(Wire.readBinary(BYTEA, Wire.hex(hex), -1)).isEqualTo(Wire.hex(hex));
    }

    @Test
    void readsHexOfEitherCase() {
        assertThat(Wire.readText(BYTEA, Wire.utf8("\\x00aBFf"), -1)).isEqualTo(Wire.hex("00abff"));
        assertThat(Wire.readText(BYTEA, Wire.utf8("\\x"), -1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\\", "\\x0", "\\x0g", "\\xg0", "\\X00", "\\x 00", "abcd", "\\000", "\\x-1", "\\x\u00e9"})
    void leavesOtherSpellingsToTheServer(String text) {
        assertThatThrownBy(() -> Wire.readText(BYTEA, Wire.utf8(text), -1)).isInstanceOf(NotExactException.class);
    }
}
