package dev.sqlmem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents for those who work on SQLmem say of the code is so: every type that they name is there. */
class DocumentsTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path DECISIONS = PROJECT.resolve("docs/decisions");
    private static final String LIST = "README.md";

    /** A name alone or with a member behind it; a plain capitalized word is one of the protocol's. */
    private static final String NAME = "([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:[.#(][^`}]*)?";

    private static final Pattern NAMED = Pattern.compile("`" + NAME + "`|\\{@code\\s+(?:\\*\\s+)?" + NAME + "\\}");

    private static final Pattern LINKED = Pattern.compile("\\{@link\\s+(?:\\*\\s+)?(dev\\.sqlmem[.a-z]*\\.[A-Z]\\w*)");

    private static final Pattern DECLARED =
            Pattern.compile("(?m)^\\s*(?:[a-z-]+ )*(?:class|interface|record|enum|@interface) ([A-Z]\\w*)");

    /** An arrow of the picture from one package to another; what is not a package has no name of one. */
    private static final Pattern DRAWN = Pattern.compile("(?m)^ {4}([a-z.]+) -->(?:\\|[^|]*\\|)? ([a-z.]+)$");

    private static final Pattern ENTRY = Pattern.compile("(?m)^- \\[(\\d{4})\\]\\(([^)]+)\\) (.+)$");

    @Test
    void nameOnlyTypesThatThereAre() throws IOException {
        Set<String> types = types();
        Set<String> unknown = new TreeSet<>();
        for (Path document : documents()) {
            NAMED.matcher(Files.readString(document))
                    .results()
                    .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                    .filter(name -> !types.contains(name))
                    .forEach(name -> unknown.add(PROJECT.relativize(document) + ": " + name));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void linkOnlyToTypesThatThereAre() throws IOException {
        List<Path> sources = sources();
        Set<String> unknown = new TreeSet<>();
        for (Path source : sources) {
            LINKED.matcher(Files.readString(source))
                    .results()
                    .map(found -> found.group(1))
                    .filter(type -> sources.stream().noneMatch(file -> file.endsWith(file(type))))
                    .forEach(type -> unknown.add(PROJECT.relativize(source) + ": " + type));
        }
        assertThat(unknown).isEmpty();
    }

    private static String file(String type) {
        return type.replace('.', '/') + ".java";
    }

    @Test
    void drawOnlyArrowsThatTheTableHas() throws IOException {
        Map<String, Set<String>> arrows = RoomTable.read();
        List<MatchResult> drawn = DRAWN.matcher(Files.readString(PROJECT.resolve("ARCHITECTURE.md")))
                .results()
                .filter(arrow -> arrows.containsKey(arrow.group(1)) && arrows.containsKey(arrow.group(2)))
                .toList();

        assertThat(drawn).hasSizeGreaterThan(10);
        for (MatchResult arrow : drawn) {
            assertThat(arrows.get(arrow.group(1))).as(arrow.group()).contains(arrow.group(2));
        }
    }

    /** The documents, and what the packages say of themselves. */
    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(decisions());
        documents.add(PROJECT.resolve("ARCHITECTURE.md"));
        documents.add(PROJECT.resolve("CONTRIBUTING.md"));
        sources().stream().filter(file -> file.endsWith("package-info.java")).forEach(documents::add);
        return documents;
    }

    private static Set<String> types() throws IOException {
        Set<String> types = new HashSet<>();
        for (Path file : sources()) {
            DECLARED.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(types::add);
        }
        return types;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("wire-protocol", "proxy-core", "cli", "demo", "benchmarks")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    @Test
    void listEveryDecisionByItsTitleTheNewestLast() throws IOException {
        List<String> listed = ENTRY.matcher(Files.readString(DECISIONS.resolve(LIST)))
                .results()
                .map(DocumentsTest::listed)
                .toList();

        assertThat(listed).isNotEmpty().isSorted().isEqualTo(titles());
        for (int i = 0; i < listed.size(); i++) {
            assertThat(listed.get(i)).startsWith(String.format(Locale.ROOT, "%04d", i + 1));
        }
    }

    private static String listed(MatchResult entry) {
        assertThat(entry.group(2)).startsWith(entry.group(1) + "-");
        return entry.group(2) + ": # " + entry.group(1) + ". " + entry.group(3);
    }

    private static List<String> titles() throws IOException {
        List<String> titles = new ArrayList<>();
        for (Path record : decisions()) {
            titles.add(record.getFileName() + ": " + Files.readAllLines(record).get(0));
        }
        return titles;
    }

    @Test
    void tellOfEachDecisionWhatFollowsFromIt() throws IOException {
        for (Path record : decisions()) {
            List<String> headings = Files.readAllLines(record).stream()
                    .filter(line -> line.startsWith("## "))
                    .collect(Collectors.toList());
            headings.remove("## Rejected");
            assertThat(headings).as(record.toString()).containsExactly("## Context", "## Decision", "## Consequences");
        }
    }

    /** All records by their numbers. */
    private static List<Path> decisions() throws IOException {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            return files.filter(file -> !file.endsWith(LIST)).sorted().toList();
        }
    }
}
