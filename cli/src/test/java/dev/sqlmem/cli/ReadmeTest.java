package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.settings.Flag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void listsEverySettingWithItsVariableAndDefault() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.startsWith("| `--"))
                .map(line -> line.replace("`", ""))
                .toList();

        assertThat(rows).hasSize(Flag.values().length);
        Iterator<String> row = rows.iterator();
        for (Flag flag : Flag.values()) {
            String text = row.next();
            String parameter = flag.parameter() == null ? "" : " " + flag.parameter();
            String fallback = flag == Flag.UPSTREAM ? "required" : flag.defaultText();
            assertThat(text.split("\\|"))
                    .extracting(String::strip)
                    .startsWith("", flag.option() + parameter, flag.variable(), fallback == null ? "" : fallback);
        }
    }

    @Test
    void namesEveryCommand() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        Stream<String> commands = Sqlmem.commandLine(Environment.ofProcess()).getSubcommands().keySet().stream();

        assertThat(commands).isNotEmpty().allMatch(command -> readme.contains("\n    sqlmem " + command));
    }
}
