package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.contract.Inquiry.Route;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Parameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Statements as five ORMs write them, with their quoting, aliases and parameters, asked in transparent mode.
 * {@code docs/orm-statements.md} says which are hits, and why the others are not; a hit must stay one.
 */
class OrmStatementsTest {
    private static final String DOCUMENT = "orm-statements.md";
    private static final String RESOURCES = "/dev/sqlmem/orm/";
    private static final List<String> FILES =
            List.of("sqlalchemy.txt", "django.txt", "hibernate.txt", "rails.txt", "prisma.txt");

    private static final Map<String, Integer> TYPES = Map.of(
            "-",
            0,
            "bool",
            16,
            "int8",
            20,
            "int4",
            23,
            "varchar",
            1043,
            "int4[]",
            1007,
            "timestamp",
            1114,
            "timestamptz",
            1184);

    private static final String HEAD = """
            # Statements of ORMs

            Made by a test (`OrmStatementsTest`), which asks each statement through the proxy in transparent mode,
            by the extended protocol with results in text and in binary, compares the frames with PostgreSQL's own,
            and looks who has answered. Text is ordered by code point here (locale C).

            """;

    private record Asked(String name, ExtendedQuery query) {}

    @Test
    void hitsStayHits() throws IOException {
        List<String> before = hits(GeneratedDocument.lines(DOCUMENT));
        StringBuilder document = new StringBuilder(HEAD);
        List<String> schema = Probe.lines(RESOURCES + "schema.sql");
        try (Scene scene = Scene.transparent("orm", schema.toArray(String[]::new));
                Client proxied = scene.client();
                Client direct = scene.direct()) {
            Inquiry inquiry = new Inquiry(scene, proxied, direct);
            FILES.forEach(file -> document.append(chapter(inquiry, file)));
            assertThat(inquiry.differences()).isEmpty();
        }

        assertThat(hits(document.toString().lines().toList()))
                .as("what was a hit")
                .containsAll(before);
        GeneratedDocument.hold(DOCUMENT, document.toString());
    }

    private static String chapter(Inquiry inquiry, String file) {
        List<String> lines = Probe.lines(RESOURCES + file);
        List<Asked> statements = read(lines.subList(1, lines.size()));
        assertThat(statements).hasSizeGreaterThanOrEqualTo(10);
        StringBuilder rows = new StringBuilder();
        int hits = 0;
        for (Asked each : statements) {
            Route text = inquiry.ask(each.query(), true);
            Route binary = inquiry.ask(each.query().binaryResults(), true);
            assertThat(text.serverError()).as(each.query().sql()).isEmpty();
            boolean hit = text.hit() && binary.hit();
            hits += hit ? 1 : 0;
            rows.append("| %s | `%s` | %s |\n"
                    .formatted(
                            GeneratedDocument.cell(each.name()),
                            GeneratedDocument.cell(each.query().sql()),
                            GeneratedDocument.cell(hit ? "hit" : text.hit() ? binary.text() : text.text())));
        }
        return "## %s\n\n%d of %d are hits.\n\n| | statement | |\n| --- | --- | --- |\n%s\n"
                .formatted(lines.get(0).substring(2), hits, statements.size(), rows);
    }

    private static List<String> hits(List<String> document) {
        return document.stream().filter(line -> line.endsWith("| hit |")).toList();
    }

    private static List<Asked> read(List<String> lines) {
        List<Asked> statements = new ArrayList<>();
        String name = "";
        StringBuilder sql = new StringBuilder();
        List<Parameter> parameters = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("== ")) {
                add(statements, name, sql, parameters);
                name = line.substring(3);
                sql = new StringBuilder();
                parameters = new ArrayList<>();
            } else if (line.startsWith("< ")) {
                parameters.add(parameter(line.substring(2)));
            } else {
                sql.append(sql.isEmpty() ? "" : " ").append(line.strip());
            }
        }
        add(statements, name, sql, parameters);
        return statements;
    }

    private static void add(List<Asked> statements, String name, CharSequence sql, List<Parameter> parameters) {
        if (!name.isEmpty()) {
            statements.add(new Asked(name, ExtendedQuery.of(sql.toString()).with(parameters)));
        }
    }

    private static Parameter parameter(String text) {
        int space = text.indexOf(' ');
        int type = Objects.requireNonNull(TYPES.get(text.substring(0, space)), text);
        byte[] value = text.substring(space + 1).getBytes(StandardCharsets.UTF_8);
        return new Parameter(type, Parameter.TEXT, value);
    }
}
