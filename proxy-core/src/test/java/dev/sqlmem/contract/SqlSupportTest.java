package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.contract.Inquiry.Route;
import dev.sqlmem.translate.function.KnownFunctions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Asks an example of every construct in both modes, compares the answers with the server's frame by frame,
 * and holds {@code docs/sql-support.md} to what became of each.
 */
class SqlSupportTest {
    private static final String DOCUMENT = "sql-support.md";
    private static final String RESOURCES = "/dev/sqlmem/support/";

    private static final String HEAD = """
            # What the cache answers

            Made by a test (`SqlSupportTest`), which asks every example below through the proxy in both modes,
            compares the answer with PostgreSQL's own frame by frame, and looks who has given it. So this page
            says what this version does, not what it should do. `sqlmem.explain('SELECT …')` says the same of
            any other statement, with the SQLite statement that answers it.

            - *cached*: answered from memory, byte for byte as the server would have answered.
            - *relayed*: answered by the server, over the client's own session there, for the reason given.
            - *refused*: in read-only mode only, with this SQLSTATE; what happens in transparent mode follows.

            A plan that is cached can still relay one execution: a value that is not written canonically
            (`' 01'` for a number), a result beyond 64 bits, a moment for which Java's rules of the time zone
            are not proven to be the server's, a text compared by `<` of which only the server knows where it belongs,
            until that has been asked. Such an execution is counted as a fallback or as relayed, and the
            next one is a hit again. Nothing of an answer is sent before it is certain that the cache can finish it.

            ## Types

            Text is ordered by code point here (locale C, unless a collation is named); other deterministic
            collations are ordered by keys that the server makes, as `text COLLATE "und-x-icu"` shows. `+` is cached, `-` is
            relayed; an empty cell means that the type has no such operator or function in PostgreSQL. The last
            column says why the first `-` stands.

            """;

    private static final String FUNCTIONS = """

            ## Functions by their arguments

            The rows of the tables from which the translator works. `number` is an integer or a numeric with a scale,
            `text` a text, varchar or char(n), `varying` one that is not char(n), `literal` and `count` a constant;
            where no text for SQLite stands, it depends on more than the types.

            | function | arguments and result | for SQLite |
            | --- | --- | --- |
            """;

    @Test
    void theDocumentSaysWhatHappens() throws IOException {
        Map<String, List<Probe>> chapters = Probe.read(RESOURCES + "probes.txt");
        TypeMatrix types = new TypeMatrix(RESOURCES + "types.txt");
        List<String> script = new ArrayList<>(Probe.lines(RESOURCES + "tables.sql"));
        script.addAll(types.script());
        StringBuilder document = new StringBuilder(HEAD);
        List<String> differences = new ArrayList<>();
        try (Scene readOnly = Scene.readOnly("support", script.toArray(String[]::new));
                Scene transparent = readOnly.also(dev.sqlmem.server.Mode.TRANSPARENT);
                Client direct = readOnly.direct();
                Client careful = readOnly.client();
                Client open = transparent.client()) {
            Inquiry reading = new Inquiry(readOnly, careful, direct);
            Inquiry passing = new Inquiry(transparent, open, direct);
            types.rows(reading).forEach(row -> document.append(row).append('\n'));
            chapters.forEach((chapter, probes) -> {
                document.append("\n## ").append(chapter).append("\n\n| construct | example | |\n| --- | --- | --- |\n");
                probes.forEach(probe -> document.append(row(probe, reading.ask(probe), passing.ask(probe))));
            });
            document.append(functions());
            differences.addAll(reading.differences());
            differences.addAll(passing.differences());
        }

        assertThat(differences).isEmpty();
        assertThat(chapters.values().stream().mapToInt(List::size).sum()).isGreaterThan(400);
        GeneratedDocument.hold(DOCUMENT, document.toString());
    }

    private static String functions() {
        StringBuilder rows = new StringBuilder(FUNCTIONS);
        for (KnownFunctions.Known each : KnownFunctions.rows()) {
            String sqlite = each.sqlite().isEmpty() ? "" : "`" + GeneratedDocument.cell(each.sqlite()) + "`";
            rows.append(
                    "| `%s` | `%s` | %s |\n".formatted(String.join("`, `", each.names()), each.signature(), sqlite));
        }
        return rows.toString();
    }

    private static String row(Probe probe, Route readOnly, Route transparent) {
        assertThat(readOnly.serverError() + transparent.serverError())
                .as(probe.sql())
                .isEmpty();
        String parameters = probe.parameters().isEmpty() ? "" : " with " + String.join(", ", shown(probe.parameters()));
        String text = readOnly.text().equals(transparent.text())
                ? readOnly.text()
                : readOnly.text() + "; transparent: " + transparent.text();
        return "| %s | `%s`%s | %s |\n"
                .formatted(
                        probe.construct(),
                        GeneratedDocument.cell(probe.sql()),
                        parameters,
                        GeneratedDocument.cell(text));
    }

    private static List<String> shown(List<String> parameters) {
        return parameters.stream().map(value -> "`" + value + "`").toList();
    }
}
