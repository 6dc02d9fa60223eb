package dev.sqlmem.cache.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
    enum Colour {
        RED,
        GREEN {}
    }

    record Inner(Colour colour, @Nullable Inner more) {}

    record Outer(
            short small,
            int number,
            long large,
            double real,
            boolean flag,
            char letter,
            String text,
            @Nullable String none,
            Instant when,
            Map<Integer, Inner> map,
            List<Set<Integer>> sets) {}

    record Unknown(StringBuilder text) {}

    private static final Outer VALUE = new Outer(
            (short) -3,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            -0.0,
            true,
            'ß',
            "größe\0",
            null,
            Instant.parse("2026-01-02T03:04:05.123456789Z"),
            Map.of(1, new Inner(Colour.GREEN, new Inner(Colour.RED, null))),
            List.of(Set.of(1, 2), Set.of()));

    private static byte[] write(Record value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordFormat.write(new DataOutputStream(bytes), value);
        return bytes.toByteArray();
    }

    private static Outer read(byte[] bytes) throws IOException {
        return RecordFormat.read(new DataInputStream(new ByteArrayInputStream(bytes)), Outer.class);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(read(write(VALUE))).isEqualTo(VALUE);
    }

    @Test
    void noticesThatBytesAreMissing() throws IOException {
        byte[] whole = write(VALUE);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOfAny(EOFException.class, IOException.class);
        }
    }

    @Test
    void hasASignatureThatTellsEveryComponent() {
        assertThat(RecordFormat.signature(Outer.class))
                .contains("small", "java.lang.String text", "Inner more", "RED, GREEN")
                .isNotEqualTo(RecordFormat.signature(Inner.class));
        assertThatThrownBy(() -> RecordFormat.signature(Unknown.class)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void canWriteAllThatIsKeptOfATable() {
        assertThat(StoredTable.form()).contains("TableLayout", "Contents", "Provenance", "ColumnDefinition");
    }
}
