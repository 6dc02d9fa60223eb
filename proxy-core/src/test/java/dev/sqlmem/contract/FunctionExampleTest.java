package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.translate.function.KnownFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of CONTRIBUTING's "Adding a function": its rows are in the table, and its statement is a hit. */
class FunctionExampleTest {
    private static final Pattern ROW = Pattern.compile("row\\(\"(\\w+) ([^\"]+)\", \"([^\"]+)\"\\)");
    private static final Pattern STATEMENT = Pattern.compile("\\n    (SELECT [^\\n]+)");

    @Test
    void theExampleIsWhatIsDone() throws IOException {
        String text = Files.readString(Path.of("..", "CONTRIBUTING.md"));
        String example = text.substring(text.indexOf("## Adding a function"));
        List<KnownFunctions.Known> rows = ROW.matcher(example)
                .results()
                .map(row -> new KnownFunctions.Known(List.of(row.group(1)), row.group(2), row.group(3)))
                .toList();
        assertThat(rows).isNotEmpty();
        assertThat(KnownFunctions.rows()).containsAll(rows);
        List<String> statements = STATEMENT
                .matcher(example)
                .results()
                .map((MatchResult statement) -> statement.group(1))
                .toList();
        assertThat(statements).isNotEmpty();
        try (Scene scene = Scene.transparent(
                        "example",
                        "CREATE TABLE days (id int PRIMARY KEY, day date, at timestamp)",
                        "INSERT INTO days VALUES (1, '2024-02-29', '2024-02-29 12:00'), (2, 'infinity', '-infinity'),"
                                + " (3, NULL, NULL)",
                        "ANALYZE");
                Client proxied = scene.client();
                Client direct = scene.direct()) {
            Inquiry inquiry = new Inquiry(scene, proxied, direct);
            for (String statement : statements) {
                assertThat(inquiry.ask(statement, true).text()).as(statement).isEqualTo("cached");
            }
            assertThat(inquiry.differences()).isEmpty();
        }
    }
}
