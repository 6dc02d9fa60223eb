package dev.sqlmem.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntCodecsTest {
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int INT8 = 20;

    @ParameterizedTest
    @CsvSource({
        "21, 0, 0000",
        "21, -32768, 8000",
        "21, 32767, 7fff",
        "23, 42, 0000002a",
        "23, -1, ffffffff",
        "23, -2147483648, 80000000",
        "23, 2147483647, 7fffffff",
        "20, 0, 0000000000000000",
        "20, 2147483648, 0000000080000000",
        "20, -9223372036854775808, 8000000000000000",
        "20, 9223372036854775807, 7fffffffffffffff",
    })
    void writesAndReadsBothFormats(int oid, String text, String hex) {
        IntegerCodec codec = codec(oid);
        long stored = Long.parseLong(text);

        assertThat(Wire.text(codec, stored)).isEqualTo(text);
        assertThat(Wire.binary(codec, stored, -1)).isEqualTo(hex);
        assertThat(Wire.readText(codec, text)).isEqualTo(stored);
        assertThat(Wire.readBinary(codec, hex, -1)).isEqualTo(stored);
    }

    @Test
    void writesAndReadsEveryNumberOfDigits() {
        long power = 1;
        for (int digits = 1; digits <= 19; digits++, power *= 10) {
            for (long value : new long[] {power, -power, power - 1, 1 - power, power + 1}) {
                String text = Long.toString(value);

                assertThat(Wire.text(TypeCodecs.INT8, value)).isEqualTo(text);
                assertThat(Wire.readText(TypeCodecs.INT8, text)).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+1", "01", "-0", "00", " 1", "1 ", "1.0", "1e3", "0x10", "1_000", "--1", "१"})
    void leavesOtherSpellingsToTheServer(String text) {
        for (int oid : new int[] {INT2, INT4, INT8}) {
            assertThatThrownBy(() -> Wire.readText(codec(oid), text)).isInstanceOf(NotExactException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "21, 32768",
        "21, -32769",
        "23, 2147483648",
        "23, -2147483649",
        "20, 9223372036854775808",
        "20, -9223372036854775809",
        "20, 9999999999999999999",
        "20, -9999999999999999999",
        "20, 18446744073709551616",
    })
    void leavesNumbersOutOfRangeToTheServer(int oid, String text) {
        assertThatThrownBy(() -> Wire.readText(codec(oid), text)).isInstanceOf(NotExactException.class);
    }

    @ParameterizedTest
    @CsvSource({"21, 00000001", "23, 0001", "23, 0000000000000001", "20, 00000001"})
    void leavesOtherLengthsToTheServer(int oid, String hex) {
        assertThatThrownBy(() -> Wire.readBinary(codec(oid), hex, -1)).isInstanceOf(NotExactException.class);
    }

    private static IntegerCodec codec(int oid) {
        return (IntegerCodec) Objects.requireNonNull(TypeCodecs.forOid(oid, -1));
    }
}
