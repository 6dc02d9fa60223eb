package dev.sqlmem.storage;

import static dev.sqlmem.storage.TypeCodecs.TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeCodecTest {

    @ParameterizedTest
    @CsvSource({
        "0, 00:00:00, 0000000000000000",
        "86399999999, 23:59:59.999999, 000000141dd75fff",
        "86400000000, 24:00:00, 000000141dd76000",
        "45296120000, 12:34:56.12, 0000000a8bdbf0c0",
        "45296100000, 12:34:56.1, 0000000a8bdba2a0",
        "45296000001, 12:34:56.000001, 0000000a8bda1c01",
        "14706789000, 04:05:06.789, 000000036c97ca88",
    })
    void writesAndReadsBothFormats(long stored, String text, String hex) {
        assertThat(Wire.text(TIME, stored)).isEqualTo(text);
        assertThat(Wire.binary(TIME, stored, -1)).isEqualTo(hex);
        assertThat(Wire.readText(TIME, text)).isEqualTo(stored);
        assertThat(Wire.readBinary(TIME, hex, -1)).isEqualTo(stored);
    }

    @Test
    void readsTrailingZerosOfAFraction() {
        assertThat(Wire.readText(TIME, "12:34:56.120000")).isEqualTo(45_296_120_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12:34",
                "1:02:03",
                "12:34:56.",
                "12:34:56.1234567",
                "12:34:60",
                "23:60:00",
                "24:00:01",
                "25:00:00",
                "24:00:00.000001",
                "123456",
                "12:34:56 PM",
                "12:34:56+01",
                "allballs",
                "-1:00:00",
                "12:34:56,5"
            })
    void leavesOtherSpellingsToTheServer(String text) {
        assertThatThrownBy(() -> Wire.readText(TIME, text)).isInstanceOf(NotExactException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffffffffffff", "000000141dd76001", "00000000"})
    void leavesOtherBinaryValuesToTheServer(String hex) {
        assertThatThrownBy(() -> Wire.readBinary(TIME, hex, -1)).isInstanceOf(NotExactException.class);
    }
}
