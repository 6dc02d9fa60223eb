package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A document of {@code docs} that a test makes from what it has seen. The test fails unless the document
 * says exactly that; {@code -Dsqlmem.docs.write=true} writes it.
 */
final class GeneratedDocument {
    private static final boolean WRITE = Boolean.getBoolean("sqlmem.docs.write");

    private GeneratedDocument() {}

    /** The document's lines as they are; none where there is no document yet. */
    static List<String> lines(String name) throws IOException {
        Path file = path(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Holds the document to {@code text}, or writes it. */
    static void hold(String name, String text) throws IOException {
        if (WRITE) {
            Files.createDirectories(path(name).toAbsolutePath().getParent());
            Files.writeString(path(name), text);
        }
        assertThat(String.join("\n", lines(name)) + "\n")
                .as("docs/%s says something else than what was seen; -Dsqlmem.docs.write=true writes it anew", name)
                .isEqualTo(text);
    }

    /** One cell of a table. */
    static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static Path path(String name) {
        return Path.of("..", "docs", name);
    }
}
