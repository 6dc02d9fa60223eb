package dev.sqlmem.storage;

import static dev.sqlmem.storage.TypeCodecs.UUID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidCodecTest {
    private static final String HEX = "a0eebc999c0b4ef8bb6d6bb9bd380a11";
    private static final String TEXT = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";

    @Test
    void writesAndReadsBothFormats() {
        assertThat(Wire.text(UUID, Wire.hex(HEX), -1, Wire.UTC)).isEqualTo(TEXT);
        assertThat(Wire.binary(UUID, Wire.hex(HEX), -1)).isEqualTo(HEX);
        assertThat(Wire.readText(UUID, Wire.utf8(TEXT), -1)).isEqualTo(Wire.hex(HEX));
        assertThat(Wire.readBinary(UUID, Wire.hex(HEX), -1)).isEqualTo(Wire.hex(HEX));
    }

    @Test
    void readsUpperCase() {
        assertThat(Wire.readText(UUID, Wire.utf8("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"), -1))
                .isEqualTo(Wire.hex(HEX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                HEX,
                "{" + TEXT + "}",
                "a0ee-bc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "a0eebc999-c0b-4ef8-bb6d-6bb9bd380a11",
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g",
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1"
            })
    void leavesOtherSpellingsToTheServer(String text) {
        assertThatThrownBy(() -> Wire.readText(UUID, Wire.utf8(text), -1)).isInstanceOf(NotExactException.class);
    }

    @Test
    void leavesOtherLengthsToTheServer() {
        assertThatThrownBy(() -> Wire.readBinary(UUID, Wire.hex(HEX + "00"), -1))
                .isInstanceOf(NotExactException.class);
    }
}
