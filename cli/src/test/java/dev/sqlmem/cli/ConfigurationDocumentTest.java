package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.settings.Flag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Holds docs/configuration.md against the flags. */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final Pattern SECTION = Pattern.compile("(?m)^### `(--[a-z-]+)([^`]*)`\\R+([^#]*)");
    private static final Pattern FACTS =
            Pattern.compile("\\AEnvironment `([^`]+)`, (required|no default|default `([^`]+)`), example `([^`]+)`\\.");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void hasASectionForEveryFlagOfServeAndForNoOther() throws IOException {
        CommandLine sqlmem = Sqlmem.commandLine(new Environment(Map.of(), directory));
        CommandLine serve = Objects.requireNonNull(sqlmem.getSubcommands().get("serve"));
        List<String> options = serve.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !name.equals("--help"))
                .toList();

        assertThat(sections().keySet()).containsExactlyInAnyOrderElementsOf(options);
        assertThat(options)
                .containsExactly(Stream.of(Flag.values()).map(Flag::option).toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void tellsVariableAndDefault(Flag flag) throws IOException {
        Section section = section(flag);
        Matcher facts = section.facts();

        assertThat(section.parameter()).isEqualTo(flag.parameter() == null ? "" : " " + flag.parameter());
        assertThat(facts.group(1)).isEqualTo(flag.variable());
        if (flag.defaultText() == null) {
            assertThat(facts.group(2)).isEqualTo(flag == Flag.UPSTREAM ? "required" : "no default");
        } else {
            assertThat(facts.group(3)).isEqualTo(flag.defaultText());
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesAnExampleThatWorks(Flag flag) throws IOException {
        Matcher facts = section(flag).facts();
        assertThat(facts.group(4)).startsWith(flag.option());
        String[] arguments = ("serve " + facts.group(4)).split(" ");
        CommandLine sqlmem = Sqlmem.commandLine(new Environment(Map.of(), directory));

        var typed = FlagOptions.typed(sqlmem.parseArgs(arguments).subcommand());
        assertThat(typed).containsOnlyKeys(flag);

        if (flag == Flag.TLS_CERT || flag == Flag.TLS_KEY) {
            return; // the files of the example are not there
        }
        Map<Flag, String> all = new LinkedHashMap<>(Map.of(Flag.UPSTREAM, "postgresql://u@db.example/x"));
        all.putAll(typed);
        Configuration read = ConfigurationReader.read(new Sources(all, new Environment(Map.of(), directory)));
        assertThat(read.proxy().settings())
                .filteredOn(setting -> setting.name().equals(flag.label()))
                .singleElement()
                .satisfies(setting -> assertThat(setting.source()).isEqualTo("flag"));
    }

    private static Section section(Flag flag) throws IOException {
        Section section = sections().get(flag.option());
        if (section == null) {
            throw new AssertionError(DOCUMENT + " has no section for " + flag.option());
        }
        return section;
    }

    private static Map<String, Section> sections() throws IOException {
        return SECTION.matcher(Files.readString(DOCUMENT))
                .results()
                .collect(Collectors.toMap(
                        found -> found.group(1), found -> new Section(found.group(2), found.group(3))));
    }

    /** What stands under one flag. */
    private record Section(String parameter, String text) {
        Matcher facts() {
            Matcher facts =
                    FACTS.matcher(text.replaceAll("(?<! )\\R(?=\\S)", " ").strip());
            assertThat(facts.find()).as("the first line of %s", text).isTrue();
            return facts;
        }
    }
}
