package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTargetsTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void writesLinesOfTheLevelToEveryFile() throws IOException {
        Path first = directory.resolve("first.log");
        Path second = directory.resolve("second.log");

        LogTargets.open(List.of(first.toString(), second.toString()), Level.INFO);
        LogManager.getLogger("dev.sqlmem.Example").info("loaded {} rows", 7);
        LogManager.getLogger("dev.sqlmem.Example").debug("not shown");

        assertThat(Files.readAllLines(first))
                .singleElement()
                .asString()
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO  Example loaded 7 rows");
        assertThat(second).hasSameTextualContentAs(first);
    }

    @Test
    void refusesAFileThatCannotBeWritten() {
        String target = directory.resolve("no/such/folder/x.log").toString();

        assertThatThrownBy(() -> LogTargets.open(List.of(target), Level.INFO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(target);
    }
}
