package dev.sqlmem.storage;

import static dev.sqlmem.storage.TypeCodecs.BPCHAR;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BpcharCodecTest {
    private static final int SIX = 10;

    @Test
    void padsToCharactersNotBytes() {
        byte[] stored = Wire.utf8("é€😀");

        assertThat(Wire.text(BPCHAR, stored, SIX, Wire.UTC)).isEqualTo("é€😀   ");
        assertThat(Wire.binary(BPCHAR, stored, SIX)).isEqualTo("c3a9e282acf09f9880202020");
    }

    @Test
    void padsNothingOrEverything() {
        assertThat(Wire.text(BPCHAR, Wire.utf8("abcdef"), SIX, Wire.UTC)).isEqualTo("abcdef");
        assertThat(Wire.binary(BPCHAR, new byte[0], 7)).isEqualTo("202020");
        assertThat(Wire.text(BPCHAR, Wire.utf8("x"), 204, Wire.UTC)).isEqualTo("x" + " ".repeat(199));
        assertThat(Wire.text(BPCHAR, new byte[0], 68, Wire.UTC)).isEqualTo(" ".repeat(64));
    }

    @Test
    void readsWithoutTrailingSpaces() {
        assertThat(Wire.readBinary(BPCHAR, Wire.utf8(" é€  "), SIX)).isEqualTo(Wire.utf8(" é€"));
        assertThat(Wire.readBinary(BPCHAR, Wire.utf8("abcdef"), SIX)).isEqualTo(Wire.utf8("abcdef"));
        assertThat(Wire.readBinary(BPCHAR, Wire.utf8("      "), SIX)).isEmpty();
        assertThat(Wire.readText(BPCHAR, Wire.utf8("tab\t  "), SIX)).isEqualTo(Wire.utf8("tab\t"));
        assertThat(Wire.readText(BPCHAR, new byte[0], SIX)).isEmpty();
    }
}
