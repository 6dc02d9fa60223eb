package dev.sqlmem.storage;

import static dev.sqlmem.storage.TypeCodecs.TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampCodecTest {

    @ParameterizedTest
    @CsvSource({
        "0, 2000-01-01 00:00:00, 0000000000000000",
        "-1, 1999-12-31 23:59:59.999999, ffffffffffffffff",
        "762525296120000, 2024-02-29 12:34:56.12, 0002b583416850c0",
        "-63082281600000000, 0001-01-01 00:00:00, ff1fe2ffc59c6000",
        "-64464465599500000, 0044-03-15 12:00:00.5 BC, ff1af9e8fb4e7120",
        "-211813488000000000, 4714-11-24 00:00:00 BC, fd0f7cc1411fa000",
        "252455616000001000, 10000-01-01 00:00:00.001, 0380e70b913b83e8",
        "9223371331199999999, 294276-12-31 23:59:59.999999, 7fffff5bb3b29fff",
        "9223372036854775807, infinity, 7fffffffffffffff",
        "-9223372036854775808, -infinity, 8000000000000000",
    })
    void writesBothFormatsAndReadsBinary(long stored, String text, String hex) {
        assertThat(Wire.text(TIMESTAMP, stored)).isEqualTo(text);
        assertThat(Wire.binary(TIMESTAMP, stored, -1)).isEqualTo(hex);
        assertThat(Wire.readBinary(TIMESTAMP, hex, -1)).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "2000-01-01 00:00:00, 0",
        "2000-01-01T00:00:00, 0",
        "1999-12-31 23:59:59.999999, -1",
        "2024-02-29 12:34:56.12, 762525296120000",
        "0001-01-01 00:00:00, -63082281600000000",
        "infinity, 9223372036854775807",
        "-infinity, -9223372036854775808",
    })
    void readsText(String text, long stored) {
        assertThat(Wire.readText(TIMESTAMP, text)).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2024-02-29",
                "2024-02-29 12:34",
                "2024-02-29  12:34:56",
                "2024-02-29t12:34:56",
                "2024-02-29 24:00:00",
                "2024-02-29 12:34:60",
                "2023-02-29 12:34:56",
                "2024-02-29 12:34:56.1234567",
                "2024-02-29 12:34:56+05:30",
                "2024-02-29 12:34:56Z",
                "0044-03-15 12:00:00 BC",
                "10000-01-01 00:00:00"
            })
    void leavesOtherSpellingsToTheServer(String text) {
        assertThatThrownBy(() -> Wire.readText(TIMESTAMP, text)).isInstanceOf(NotExactException.class);
    }

    @Test
    void leavesBinaryValuesOutOfRangeToTheServer() {
        assertThatThrownBy(() -> Wire.readBinary(TIMESTAMP, "fd0f7cc1411f9fff", -1))
                .isInstanceOf(NotExactException.class);
        assertThatThrownBy(() -> Wire.readBinary(TIMESTAMP, "7fffff5bb3b2a000", -1))
                .isInstanceOf(NotExactException.class);
        assertThatThrownBy(() -> Wire.readBinary(TIMESTAMP, "00000000", -1)).isInstanceOf(NotExactException.class);
    }
}
