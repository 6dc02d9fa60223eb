package dev.sqlmem.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1048576, 1048576",
        "17B, 17",
        "2kB, 2000",
        "512MB, 512000000",
        "10 MB, 10000000",
        "1.5 GB, 1500000000",
        "1TB, 1000000000000",
        "1KiB, 1024",
        "2GiB, 2147483648",
        "2gib, 2147483648",
        "0.5MiB, 524288",
        "3TiB, 3298534883328",
        "256m, 268435456",
        "8G, 8589934592",
    })
    void readsSizes(String text, long bytes) {
        assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1MB", "12 parsecs", "1,5GB", "1e9", "0", "0.1B", "9999999TiB", "0x10"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DataSize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1B",
        "1023, 1023B",
        "1024, 1KiB",
        "1536, 1.5KiB",
        "2147483648, 2GiB",
        "6316883968, 5.9GiB",
        "3298534883328, 3TiB",
        "9223372036854775807, 8388608TiB",
    })
    void showsSizesToPeople(long bytes, String text) {
        assertThat(new DataSize(bytes)).hasToString(text);
    }
}
