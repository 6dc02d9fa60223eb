package dev.sqlmem.storage;

import static dev.sqlmem.storage.TypeCodecs.DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateCodecTest {

    @ParameterizedTest
    @CsvSource({
        "0, 2000-01-01, 00000000",
        "-1, 1999-12-31, ffffffff",
        "8825, 2024-02-29, 00002279",
        "-36465, 1900-03-01, ffff718f",
        "-730119, 0001-01-01, fff4dbf9",
        "-730120, 0001-12-31 BC, fff4dbf8",
        "-746117, 0044-03-15 BC, fff49d7b",
        "-2451545, 4714-11-24 BC, ffda97a7",
        "2921939, 9999-12-31, 002c95d3",
        "2921940, 10000-01-01, 002c95d4",
        "2145031948, 5874897-12-31, 7fda970c",
        "2147483647, infinity, 7fffffff",
        "-2147483648, -infinity, 80000000",
    })
    void writesBothFormatsAndReadsBinary(long stored, String text, String hex) {
        assertThat(Wire.text(DATE, stored)).isEqualTo(text);
        assertThat(Wire.binary(DATE, stored, -1)).isEqualTo(hex);
        assertThat(Wire.readBinary(DATE, hex, -1)).isEqualTo(stored);
    }

    @Test
    void writesAndReadsEveryDayFrom1700To2100() {
        long epoch = LocalDate.of(2000, 1, 1).toEpochDay();
        LocalDate end = LocalDate.of(2101, 1, 1);
        for (LocalDate date = LocalDate.of(1700, 1, 1); date.isBefore(end); date = date.plusDays(1)) {
            long stored = date.toEpochDay() - epoch;

            assertThat(Wire.text(DATE, stored)).isEqualTo(date.toString());
            assertThat(Wire.readText(DATE, date.toString())).isEqualTo(stored);
        }
    }

    @Test
    void readsTheInfinities() {
        assertThat(Wire.readText(DATE, "infinity")).isEqualTo(Integer.MAX_VALUE);
        assertThat(Wire.readText(DATE, "-infinity")).isEqualTo(Integer.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "today",
                "epoch",
                "20240101",
                "2024.001",
                "2024-1-1",
                "01/02/2024",
                "2024/01/02",
                "24-01-02 BC",
                "10000-01-01",
                "2023-02-29",
                "1900-02-29",
                "2024-04-31",
                "2024-13-01",
                "2024-00-10",
                "2024-01-00",
                "2024-01-33",
                "2024-02-35",
                "0000-01-01",
                " 2024-01-1",
                "-024-01-01",
                "+infinity",
                "Infinity",
                "2024-01-01 00:00:00"
            })
    void leavesOtherSpellingsToTheServer(String text) {
        assertThatThrownBy(() -> Wire.readText(DATE, text)).isInstanceOf(NotExactException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffda97a6", "7fda970d", "000000", "0000000000000000"})
    void leavesOtherBinaryValuesToTheServer(String hex) {
        assertThatThrownBy(() -> Wire.readBinary(DATE, hex, -1)).isInstanceOf(NotExactException.class);
    }
}
