package dev.sqlmem.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much of what was asked came from the cache, by the proxy's own counters. */
final class CacheShare {
    private final Map<String, Double> answeredByLabel = new TreeMap<>();
    private double last;
    private double answered;

    /** The counters before the first statement. */
    void begin(Map<String, Double> stats) {
        last = fromCache(stats);
    }

    /** The counters after a statement of this label. */
    void add(String label, Map<String, Double> stats) {
        double now = fromCache(stats);
        answeredByLabel.merge(label, now - last, Double::sum);
        answered += now - last;
        last = now;
    }

    double of(int executions) {
        return answered / executions;
    }

    /** The share of a construct's answers that the cache gave. */
    double of(String label, int statements) {
        int answers = statements * Form.values().length * 2;
        return answeredByLabel.getOrDefault(label, 0.0) / answers;
    }

    /** The constructs that were asked so often that something is wrong where the cache never answered. */
    List<String> neverAnswered(Map<String, Integer> statementsByLabel, int often) {
        return statementsByLabel.entrySet().stream()
                .filter(entry -> entry.getValue() >= often)
                .map(Map.Entry::getKey)
                .filter(label -> answeredByLabel.getOrDefault(label, 0.0) == 0)
                .sorted()
                .toList();
    }

    /** One line for each construct: statements, and the share of its answers that the cache gave. */
    String table(Map<String, Integer> statementsByLabel) {
        int answersPerStatement = Form.values().length * 2;
        StringBuilder table = new StringBuilder("%-24s%10s%10s%n".formatted("construct", "asked", "cached"));
        int all = 0;
        for (Map.Entry<String, Integer> entry : new TreeMap<>(statementsByLabel).entrySet()) {
            double share = answeredByLabel.getOrDefault(entry.getKey(), 0.0) / (entry.getValue() * answersPerStatement);
            table.append("%-24s%10d%9.1f%%%n".formatted(entry.getKey(), entry.getValue(), 100 * share));
            all += entry.getValue();
        }
        return table.append("%-24s%10d%9.1f%%%n".formatted("all", all, 100 * of(all * answersPerStatement)))
                .toString();
    }

    private static double fromCache(Map<String, Double> stats) {
        return stats.getOrDefault("hits", 0.0) + stats.getOrDefault("misses", 0.0);
    }
}
