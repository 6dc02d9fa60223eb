package dev.sqlmem.oracle;

import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.RawClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How much of what was asked came from the cache, by the proxy's own counters, for each construct. Of one thread. */
final class CacheShare {
    private static final int ANSWERS_OF_STATEMENT = Form.values().length * 2;
    private static final String LINE = "%-28s%10s%10s%n";

    private final Map<String, Count> counts = new TreeMap<>();
    private double last;

    private record Count(int statements, double answered) {
        Count plus(Count other) {
            return new Count(statements + other.statements, answered + other.answered);
        }

        double share() {
            return answered / (statements * ANSWERS_OF_STATEMENT);
        }
    }

    /** Reads the counters before the first statement. */
    void begin(RawClient admin) {
        last = fromCache(admin);
    }

    /** Reads the counters after a statement of this label. */
    void add(String label, RawClient admin) {
        double now = fromCache(admin);
        counts.merge(label, new Count(1, now - last), Count::plus);
        last = now;
    }

    /** Takes in what another run has counted. */
    void add(CacheShare other) {
        other.counts.forEach((label, count) -> counts.merge(label, count, Count::plus));
    }

    /** The share of all answers. */
    double ofAll() {
        return total().share();
    }

    int statements() {
        return total().statements;
    }

    private Count total() {
        return counts.values().stream().reduce(new Count(0, 0), Count::plus);
    }

    /** The constructs asked so often of whose answers the cache gave less than this share. */
    List<String> below(double share, int often) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue().statements >= often)
                .filter(entry -> entry.getValue().share() <= share)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One line for each construct: statements, and the share of its answers that the cache gave. */
    String table() {
        StringBuilder table = new StringBuilder(LINE.formatted("construct", "asked", "cached"));
        counts.forEach((label, count) -> table.append(line(label, count)));
        return table.append(line("all", total())).toString();
    }

    private static String line(String label, Count count) {
        return LINE.formatted(label, count.statements, "%.1f%%".formatted(100 * count.share()));
    }

    private static double fromCache(RawClient admin) {
        Map<String, String> stats =
                FrameText.textRows(admin.simpleQuery("SELECT name, value FROM sqlmem.stats")).stream()
                        .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
        return Double.parseDouble(stats.getOrDefault("hits", "0"))
                + Double.parseDouble(stats.getOrDefault("misses", "0"));
    }
}
