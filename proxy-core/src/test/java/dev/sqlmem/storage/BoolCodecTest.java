package dev.sqlmem.storage;

import static dev.sqlmem.storage.TypeCodecs.BOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoolCodecTest {

    @Test
    void writesBothFormats() {
        assertThat(Wire.text(BOOL, 1)).isEqualTo("t");
        assertThat(Wire.text(BOOL, 0)).isEqualTo("f");
        assertThat(Wire.binary(BOOL, 1, -1)).isEqualTo("01");
        assertThat(Wire.binary(BOOL, 0, -1)).isEqualTo("00");
    }

    @Test
    void readsBothFormats() {
        assertThat(Wire.readText(BOOL, "t")).isEqualTo(1);
        assertThat(Wire.readText(BOOL, "true")).isEqualTo(1);
        assertThat(Wire.readText(BOOL, "f")).isZero();
        assertThat(Wire.readText(BOOL, "false")).isZero();
        assertThat(Wire.readBinary(BOOL, "01", -1)).isEqualTo(1);
        assertThat(Wire.readBinary(BOOL, "00", -1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tr", "of", "TRUE", " t", "t ", "1", "yes", "truf"})
    void leavesOtherSpellingsToTheServer(String text) {
        assertThatThrownBy(() -> Wire.readText(BOOL, text)).isInstanceOf(NotExactException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02", "ff", "0001"})
    void leavesOtherBytesToTheServer(String hex) {
        assertThatThrownBy(() -> Wire.readBinary(BOOL, hex, -1)).isInstanceOf(NotExactException.class);
    }
}
