package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTargetsTest {
    private static final DataSize ROTATION = DataSize.parse("10 MB");
    private static final Logger PRODUCT = LogManager.getLogger("dev.sqlmem.Example");
    private static final Logger LIBRARY = LogManager.getLogger("com.example.Library");

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void closeFiles() {
        LogTargets.silence();
    }

    @Test
    void writesLinesOfTheLevelToEveryFile() throws IOException {
        Path first = directory.resolve("first.log");
        Path second = directory.resolve("second.log");

        LogTargets.open(
                new LogSettings(List.of(first.toString(), second.toString()), Level.INFO, ROTATION, LogFormat.TEXT));
        PRODUCT.info("loaded {} rows", 7);
        PRODUCT.debug("not shown");

        assertThat(Files.readAllLines(first))
                .singleElement()
                .asString()
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO  Example loaded 7 rows");
        assertThat(second).hasSameTextualContentAs(first);
    }

    @Test
    void keepsAMessageInItsLine() throws IOException {
        Path file = directory.resolve("x.log");

        LogTargets.open(new LogSettings(List.of(file.toString()), Level.INFO, ROTATION, LogFormat.TEXT));
        PRODUCT.info("one\n2026-01-01T00:00:00.000Z ERROR forged");

        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void writesOneJsonObjectALine() throws IOException {
        Path file = directory.resolve("x.json");

        LogTargets.open(new LogSettings(List.of(file.toString()), Level.INFO, ROTATION, LogFormat.JSON));
        PRODUCT.info("a \"quoted\"\nmessage\\");
        PRODUCT.error("failed", new IllegalStateException("told \"why\""));

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith("{\"time\":\"2")
                .contains("\"level\":\"INFO\",\"logger\":\"dev.sqlmem.Example\",\"thread\":\"")
                .endsWith("\"message\":\"a \\\"quoted\\\"\\nmessage\\\\\"}");
        assertThat(lines.get(1))
                .contains("\"message\":\"failed\",\"error\":\"java.lang.IllegalStateException: told \\\"why\\\"\\n")
                .contains("LogTargetsTest")
                .endsWith("\"}");
    }

    @Test
    void beginsAFullFileAnewAndKeepsFiveOldOnes() throws IOException {
        Path file = directory.resolve("x.log");

        LogTargets.open(new LogSettings(List.of(file.toString()), Level.INFO, new DataSize(1_000), LogFormat.TEXT));
        for (int i = 0; i < 200; i++) {
            PRODUCT.info("line {} of a log that is rotated", i);
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("x.log", "x.log.1", "x.log.2", "x.log.3", "x.log.4", "x.log.5");
        }
        assertThat(Files.readString(file)).contains("line 199 ");
        assertThat(Files.size(directory.resolve("x.log.1"))).isBetween(900L, 1_100L);
        assertThat(Files.readString(directory.resolve("x.log.1")))
                .as("the newest of the old ones")
                .isGreaterThan(Files.readString(directory.resolve("x.log.2")));
    }

    @Test
    void appendsToAFileThatIsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("x.log"), "of yesterday\n");

        LogTargets.open(new LogSettings(List.of(file.toString()), Level.INFO, ROTATION, LogFormat.TEXT));
        PRODUCT.info("of today");

        assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("of yesterday");
    }

    @Test
    void changesTheLevelOfTheProductWhileOpen() throws IOException {
        Path file = directory.resolve("x.log");

        LogTargets.open(new LogSettings(List.of(file.toString()), Level.INFO, ROTATION, LogFormat.TEXT));
        PRODUCT.debug("one");
        LogTargets.level(Level.DEBUG);
        PRODUCT.debug("two");
        LIBRARY.info("three");
        LIBRARY.warn("four");
        LogTargets.level(Level.ERROR);
        PRODUCT.warn("five");

        assertThat(Files.readString(file))
                .contains("two")
                .contains("four")
                .doesNotContain("one")
                .doesNotContain("three")
                .doesNotContain("five");
    }

    @Test
    void refusesAFileThatCannotBeWritten() {
        String target = directory.resolve("no/such/folder/x.log").toString();

        assertThatThrownBy(
                        () -> LogTargets.open(new LogSettings(List.of(target), Level.INFO, ROTATION, LogFormat.TEXT)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(target)
                .hasMessageContaining("Check that");
    }
}
