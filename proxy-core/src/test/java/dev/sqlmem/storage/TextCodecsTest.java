package dev.sqlmem.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCodecsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "trailing blanks  ",
                "exactly8",
                "0123456789abcdefg",
                "aé€😀",
                "0123456789é0123456789€😀"
            })
    void keepsTextAsItIs(String text) {
        for (BytesCodec codec : new BytesCodec[] {TypeCodecs.TEXT, TypeCodecs.VARCHAR}) {
            byte[] stored = Wire.utf8(text);

            assertThat(Wire.text(codec, stored, -1, Wire.UTC)).isEqualTo(text);
            assertThat(Wire.hex(Wire.binary(codec, stored, 24))).isEqualTo(stored);
            assertThat(Wire.readText(codec, stored, -1)).isEqualTo(stored);
            assertThat(Wire.readBinary(codec, stored, 24)).isEqualTo(stored);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "e0bfbf",
                "ed9fbf",
                "ee8080",
                "efbfbf",
                "f0908080",
                "f48fbfbf",
                "f1808080"
            })
    void readsTheEndsOfEveryRange(String hex) {
        byte[] sequence = Wire.hex(hex);

        assertThat(Wire.readBinary(TypeCodecs.TEXT, sequence, -1)).isEqualTo(sequence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00", // U+0000
                "80",
                "bf", // continuation without lead
                "c0af",
                "c1bf",
                "e09fbf",
                "f08fbfbf", // overlong
                "eda080",
                "edbfbf", // surrogates
                "f4908080",
                "f5808080",
                "ff", // beyond U+10FFFF
                "c2",
                "e282",
                "f09f98", // cut off
                "c241",
                "e28241",
                "e24182",
                "f09f9841",
                "c2c2a9"
            })
    void refusesWhatTheServerWouldNotTake(String hex) {
        byte[] sequence = Wire.hex(hex);

        for (String before : new String[] {"", "a", "1234567", "12345678", "123456789", "é", "12345678€123456"}) {
            for (String after : new String[] {"", "1234567890"}) {
                byte[] text = Wire.hex(hexOf(before) + hex + hexOf(after));
                assertThatThrownBy(() -> Wire.readBinary(TypeCodecs.TEXT, text, -1))
                        .isInstanceOf(NotExactException.class);
            }
        }
        assertThatThrownBy(() -> Wire.readText(TypeCodecs.VARCHAR, sequence, -1))
                .isInstanceOf(NotExactException.class);
        assertThatThrownBy(() -> Wire.readText(TypeCodecs.BPCHAR, sequence, 10)).isInstanceOf(NotExactException.class);
    }

    @Test
    void refusesAZeroByteAtEveryPosition() {
        for (int at = 0; at < 20; at++) {
            byte[] text = Wire.utf8("\u0001bcdefghijklmnopqrs\u007f");
            text[at] = 0;

            assertThatThrownBy(() -> Wire.readBinary(TypeCodecs.TEXT, text, -1)).isInstanceOf(NotExactException.class);
        }
    }

    private static String hexOf(String text) {
        return HexFormat.of().formatHex(Wire.utf8(text));
    }
}
