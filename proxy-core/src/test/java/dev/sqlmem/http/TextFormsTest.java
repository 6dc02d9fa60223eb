package dev.sqlmem.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** JSON and the metrics' text carry any text unharmed. */
class TextFormsTest {
    private static final List<String> HOSTILE = List.of(
            "",
            "<script>",
            "</script><b>",
            "\"quoted\"",
            "back\\slash",
            "a\nb\r\n\tc",
            "\u0000\u0001\u001f\u007f",
            "\u2028\u2029",
            "déjà ☃ 🐘",
            "\\n",
            "\\",
            "{le=\"1\"}",
            "&amp;",
            "'; DROP TABLE x; --");

    @Test
    void jsonReadsBackAsItWas() {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        HOSTILE.forEach(text -> written.put("k" + text, text));
        written.put("numbers", Arrays.asList(0L, -1L, Long.MAX_VALUE, 0.1, 1e-9, 1e20, true, null));

        String json = Json.of(written);

        Map<String, Object> read = JsonText.object(json);
        HOSTILE.forEach(text -> assertThat(read).containsEntry("k" + text, text));
        assertThat(read.get("numbers"))
                .isEqualTo(Arrays.asList(0.0, -1.0, (double) Long.MAX_VALUE, 0.1, 1e-9, 1e20, true, null));
        assertThat(json).doesNotContain("<", ">", "\n", "\u2028");
    }

    @Test
    void jsonHasNoHalfCharacters() {
        assertThat(Json.of("\ud83d")).isEqualTo("\"\\ud83d\"");
        assertThat(Json.of(Double.NaN)).isEqualTo("null");
    }

    @Test
    void labelsReadBackAsTheyWere() {
        Exposition text = new Exposition();
        text.family("x_total", "counter", "Help with \\ and\nanother line.");
        for (int i = 0; i < HOSTILE.size(); i++) {
            text.sample("x_total", String.valueOf(i), "a", HOSTILE.get(i), "b", "é");
        }

        MetricsText read = MetricsText.parse(text.toString());

        for (int i = 0; i < HOSTILE.size(); i++) {
            assertThat(read.value("x_total", "a", HOSTILE.get(i), "b", "é")).isEqualTo(i);
        }
        assertThat(read.family("x_total").help()).isEqualTo("Help with \\\\ and\\nanother line.");
    }
}
