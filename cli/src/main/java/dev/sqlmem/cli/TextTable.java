package dev.sqlmem.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table for the terminal: columns aligned, numbers to the right. Immutable.
 *
 * @param headers the column names
 * @param rows as many cells each as there are headers
 */
public record TextTable(List<String> headers, List<List<String>> rows) {
    private static final String GAP = "  ";
    /** Wide enough for a statement, narrow enough for a terminal. */
    private static final int WIDEST_CELL = 72;

    public TextTable {
        headers = List.copyOf(headers);
        rows = rows.stream().map(TextTable::oneLined).toList();
        int columns = headers.size();
        if (rows.stream().anyMatch(row -> row.size() != columns)) {
            throw new IllegalArgumentException("every row needs " + columns + " cells");
        }
    }

    /** The cells of the last column for what they are, on as many lines as they have: nothing is cut. */
    List<String> facts() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(row.get(0) + " ".repeat(width(0) - row.get(0).length()) + GAP + row.get(1));
        }
        return lines;
    }

    /** The table as lines without trailing blanks: the headers, a rule, the rows. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(headers));
        lines.add(line(columns().mapToObj(column -> "-".repeat(width(column))).toList()));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        columns().forEach(column -> {
            String cell = cells.get(column);
            String padding = " ".repeat(width(column) - cell.length());
            line.append(column == 0 ? "" : GAP).append(isNumeric(column) ? padding + cell : cell + padding);
        });
        return line.toString().stripTrailing();
    }

    private IntStream columns() {
        return IntStream.range(0, headers.size());
    }

    private int width(int column) {
        int widestCell =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(headers.get(column).length(), widestCell);
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column).matches("-?\\d*\\.?\\d*"));
    }

    private static List<String> oneLined(List<String> row) {
        return row.stream()
                .map(cell -> cell.replaceAll("\\s+", " ").strip())
                .map(cell -> cell.length() <= WIDEST_CELL ? cell : cell.substring(0, WIDEST_CELL - 1) + "…")
                .toList();
    }
}
