package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.plan.LocalRelation;
import dev.sqlmem.report.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Makes docs/local-tables.md of the reports, and holds README's list of their columns to them. */
class LocalTablesDocumentTest {
    private static final String DOCUMENT = "local-tables.md";

    @Test
    void hasEveryColumnOfEveryTable() throws IOException {
        StringBuilder document = new StringBuilder("""
                # The tables of sqlmem

                Every client can read them, by any driver, with WHERE, ORDER BY and parameters. Names and types stay;
                columns may be added. Tables, columns and statements are those of the session's database. This page is
                made by `LocalTablesDocumentTest`.
                """);
        for (LocalRelation relation : tables()) {
            document.append("\n## `sqlmem.")
                    .append(relation.label())
                    .append("`\n\n| column | type | |\n| --- | --- | --- |\n");
            for (Column column : relation.columns()) {
                document.append("| `%s` | %s | %s |\n"
                        .formatted(column.name(), column.type().label(), GeneratedDocument.cell(column.description())));
            }
        }
        GeneratedDocument.hold(DOCUMENT, document.toString());
    }

    @Test
    void readmeListsTheColumnsOfEveryTable() throws IOException {
        List<String> readme = Files.readAllLines(Path.of("..", "README.md"));
        for (LocalRelation relation : tables()) {
            String columns = relation.columns().stream().map(Column::name).collect(Collectors.joining(", "));
            assertThat(readme)
                    .as("README's line of sqlmem.%s", relation.label())
                    .anyMatch(line -> line.startsWith("| `sqlmem." + relation.label() + "` |")
                            && line.contains(" " + columns + " "));
        }
    }

    private static List<LocalRelation> tables() {
        return Arrays.stream(LocalRelation.values())
                .filter(relation -> !relation.isFunction())
                .toList();
    }
}
