package dev.sqlmem;

import static java.nio.file.Files.readAllLines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The table "Rooms and arrows" of ARCHITECTURE.md: which package may know which. */
final class RoomTable {
    private static final Path FILE = Path.of("..", "ARCHITECTURE.md");
    private static final String HEAD = "| package |";
    private static final String NOBODY = "nobody";

    private RoomTable() {}

    static Map<String, Set<String>> read() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (String row : rows()) {
            String[] cells = row.split("\\|", -1);
            arrows.put(name(cells[1]), names(cells[3]));
        }
        return arrows;
    }

    private static List<String> rows() {
        try {
            return readAllLines(FILE).stream()
                    .dropWhile(line -> !line.startsWith(HEAD))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(String cell) {
        if (cell.strip().equals(NOBODY)) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>();
        Arrays.stream(cell.split(",", -1)).forEach(each -> names.add(name(each)));
        return names;
    }

    private static String name(String cell) {
        return cell.strip().replace("`", "");
    }
}
