package dev.sqlmem.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.session.metrics.RelayReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/http.md names every metric, every reason and every field, and none that is not there. */
class DocumentedTest {
    private static final String TEXT = text();

    private static String text() {
        Path here = Path.of("docs/http.md");
        try {
            return Files.readString(Files.exists(here) ? here : Path.of("../docs/http.md"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void metrics(@TempDir Path directory) {
        Map<String, String> documented = rows("\\| `(sqlmem_\\w+)(?:\\{[^`]*)?` \\| (\\w+) \\|.*")
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        try (HttpScene scene = HttpScene.keeping("documented", directory.resolve("cache.db"))) {
            Map<String, String> served = new TreeMap<>();
            scene.metrics().families().forEach((name, family) -> served.put(name, family.type()));

            assertThat(documented).containsExactlyInAnyOrderEntriesOf(served);
        }
    }

    @Test
    void reasons() {
        Map<String, String> documented = rows("\\| `([a-z_]+)` \\| ([^|]*) \\|")
                .filter(row -> Arrays.stream(RelayReason.values())
                        .anyMatch(each -> each.label().equals(row.group(1))))
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(documented)
                .containsExactlyInAnyOrderEntriesOf(Arrays.stream(RelayReason.values())
                        .collect(Collectors.toMap(RelayReason::label, RelayReason::text)));
    }

    @Test
    void fields() {
        Set<String> documented = new TreeSet<>();
        String section = TEXT.substring(TEXT.indexOf("## status.json"));
        Pattern.compile("^\\| ([^|]+) \\|", Pattern.MULTILINE)
                .matcher(section)
                .results()
                .flatMap(cell -> Pattern.compile("`(\\w+)(?:\\[])?`")
                        .matcher(cell.group(1))
                        .results())
                .forEach(field -> documented.add(field.group(1)));
        try (HttpScene scene = HttpScene.readOnly("fields")) {
            assertThat(documented).isEqualTo(new TreeSet<>(scene.status().keySet()));
        }
    }

    private static Stream<MatchResult> rows(String pattern) {
        return Pattern.compile("^" + pattern + "$", Pattern.MULTILINE)
                .matcher(TEXT)
                .results();
    }
}
