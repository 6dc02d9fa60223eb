package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sqlmem.rules.TableRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command, rule and file that README and docs name is one that there is. */
class DocumentedCommandsTest {
    private static final Path PROJECT = Path.of("..");

    /** A command in a block ends where two blanks begin an explanation. */
    private static final Pattern IN_A_BLOCK = Pattern.compile(
            "(?m)^ {4}(?:sqlmem|java -jar cli/target/sqlmem\\.jar|docker (?:run|exec) .* sqlmem) ((?:(?! {2}).)+)");

    private static final Pattern IN_A_LINE = Pattern.compile("`sqlmem ([^`]+)`");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern RULE = Pattern.compile("--table '([^']+)'|--table ([^\\s`']+)");
    private static final Pattern RULES = Pattern.compile("SQLMEM_TABLE='([^']+)'");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @MethodSource("commands")
    void canBeTyped(String command) {
        CommandLine sqlmem = Sqlmem.commandLine(new Environment(Map.of(), directory));
        String[] words = WORD.matcher(command.replaceAll("[…\\[\\]]", "").replaceAll("\\|.*", ""))
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);

        assertThat(sqlmem.getSubcommands()).containsKey(words[0]);
        if (words.length > 1) {
            assertThatCode(() -> sqlmem.parseArgs(words)).doesNotThrowAnyException();
        }
    }

    static List<String> commands() {
        List<String> commands = Stream.of(IN_A_BLOCK, IN_A_LINE)
                .flatMap(DocumentedCommandsTest::found)
                .map(found -> found.group(1).strip())
                .distinct()
                .toList();
        assertThat(commands).hasSizeGreaterThan(12);
        return commands;
    }

    @Test
    void everyRuleIsOne() {
        List<String> rules = new ArrayList<>();
        found(RULE).forEach(found -> rules.add(found.group(1) == null ? found.group(2) : found.group(1)));
        found(RULES).forEach(found -> rules.add(found.group(1)));
        rules.removeIf(rule -> rule.equals("RULE") || rule.startsWith("SQLMEM"));

        assertThat(rules).hasSizeGreaterThan(8);
        assertThat(rules).allSatisfy(rule -> assertThat(TableRules.parse(rule)).isNotEmpty());
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        int links = 0;
        for (Path document : documents()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(document)).results().toList()) {
                assertThat(document.resolveSibling(link.group(1))).exists();
                links++;
            }
        }
        assertThat(links).isGreaterThan(15);
    }

    /** The last column of a table in docs/security.md. */
    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        List<String> names = Pattern.compile("`(\\w+Test)`")
                .matcher(Files.readString(PROJECT.resolve("docs/security.md")))
                .results()
                .map(name -> name.group(1) + ".java")
                .distinct()
                .toList();
        assertThat(names).hasSizeGreaterThan(4);
        try (Stream<Path> core = Files.walk(PROJECT.resolve("proxy-core/src/test"))) {
            assertThat(core.map(path -> path.getFileName().toString())).containsAll(names);
        }
    }

    private static Stream<MatchResult> found(Pattern pattern) {
        return documents().stream().flatMap(document -> {
            try {
                return pattern.matcher(Files.readString(document)).results();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    private static List<Path> documents() {
        try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(PROJECT::resolve),
                            docs.filter(path -> path.toString().endsWith(".md")))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
