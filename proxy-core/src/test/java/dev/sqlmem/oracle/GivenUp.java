package dev.sqlmem.oracle;

import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.RawClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers that the cache gave up, by the proxy's own counter. Where a guard of the plan stopped one, its values were the
 * server's business. Where anything else did, the plan is wrong, and the right answer hides it: after the third time
 * the proxy disables the shape with a warning, which fails the run. Of one thread.
 */
final class GivenUp {
    private static final String COUNT = "SELECT value FROM sqlmem.stats WHERE name = 'fallbacks'";
    private static final String SHAPES = "SELECT shape, reason FROM sqlmem.statements WHERE reason LIKE 'disabled: %'";

    private final Map<String, Long> byLabel = new TreeMap<>();
    private final Map<String, String> disabled = new TreeMap<>();
    private long last;

    /** Looks whether the statement, asked in all forms since the last look, had answers given up. */
    void look(String label, RawClient admin) {
        long now = Long.parseLong(
                FrameText.textRows(admin.simpleQuery(COUNT)).get(0).get(0));
        if (now == last) {
            return;
        }
        byLabel.merge(label, now - last, Long::sum);
        last = now;
        for (List<String> row : FrameText.textRows(admin.simpleQuery(SHAPES))) {
            disabled.putIfAbsent(row.get(0), label + ": " + row.get(1) + ": " + row.get(0));
        }
    }

    /** The shapes that the cache failed at for another reason than a guard's. */
    Collection<String> failures() {
        return disabled.values();
    }

    /** How many answers were given up, by the statements' labels. */
    @Override
    public String toString() {
        return "answers given up: " + byLabel + System.lineSeparator();
    }
}
