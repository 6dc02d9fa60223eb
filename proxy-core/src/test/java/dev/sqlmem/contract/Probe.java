package dev.sqlmem.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One construct of SQL with an example.
 *
 * @param construct what it is, in Markdown
 * @param sql the example
 * @param parameters texts of its parameters, null: SQL null; none: it is asked by the simple protocol
 * @param compared whether two servers answer it alike
 * @param run whether it is asked at all; else only its route is looked at
 */
record Probe(String construct, String sql, List<String> parameters, boolean compared, boolean run) {

    /** Reads the probes by chapters: {@code # chapter}, then {@code construct :: sql <- parameter, parameter}. */
    static Map<String, List<Probe>> read(String resource) {
        Map<String, List<Probe>> chapters = new LinkedHashMap<>();
        List<Probe> chapter = new ArrayList<>();
        for (String line : lines(resource)) {
            if (line.startsWith("# ")) {
                chapter = new ArrayList<>();
                chapters.put(line.substring(2), chapter);
            } else {
                chapter.add(parse(line));
            }
        }
        return chapters;
    }

    private static Probe parse(String line) {
        String[] parts = line.split(" :: ", 2);
        boolean compared = !parts[1].startsWith("~");
        boolean run = !parts[1].startsWith("!");
        String[] statement = (compared && run ? parts[1] : parts[1].substring(1)).split(" <- ", 2);
        List<String> parameters = statement.length == 1
                ? List.of()
                : Arrays.stream(statement[1].split(", ", -1))
                        .map(value -> value.equals("NULL") ? null : value)
                        .toList();
        return new Probe(parts[0], statement[0], parameters, compared, run);
    }

    /** The lines of a resource that are not empty. */
    static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Probe.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
