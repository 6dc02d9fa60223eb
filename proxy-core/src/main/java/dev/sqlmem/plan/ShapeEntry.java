package dev.sqlmem.plan;

import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.shape.LiteralSource;
import dev.sqlmem.sql.shape.ShapeKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one statement shape in one plan space. Thread-safe.
 *
 * <p>A shape has one plan, unless that depends on declared parameter types or on the values of some
 * literals (ORDER BY 1): then it has one for each combination met.
 */
public final class ShapeEntry {
    private static final int MAX_VARIANTS = 200;

    private record Versioned(Route route, int epoch) {}

    private final ShapeKey key;
    private final Classification classification;
    private final StatementCounters counters = new StatementCounters();
    private final Map<String, Versioned> variants = new ConcurrentHashMap<>();
    private volatile int[] positions = {};
    private volatile @Nullable Versioned base;
    private volatile @Nullable String disabled;

    ShapeEntry(ShapeKey key, Classification classification) {
        this.key = key;
        this.classification = classification;
    }

    public ShapeKey key() {
        return key;
    }

    public Classification classification() {
        return classification;
    }

    public StatementCounters counters() {
        return counters;
    }

    /** Returns the plan made in this catalog epoch, or null where there is none. */
    public @Nullable Route route(int epoch, List<Integer> declared, LiteralSource literals) {
        Versioned found;
        if (declared.isEmpty() && positions.length == 0) {
            found = base;
        } else {
            found = variants.get(variant(declared, literals));
        }
        if (found == null || found.epoch != epoch) {
            return null;
        }
        return found.route;
    }

    /** Keeps a plan. */
    public void keep(Planned planned, int epoch, List<Integer> declared, LiteralSource literals) {
        Versioned versioned = new Versioned(planned.route(), epoch);
        if (planned.positions().length > 0) {
            positions = planned.positions();
        }
        if (declared.isEmpty() && positions.length == 0) {
            base = versioned;
            return;
        }
        if (variants.size() >= MAX_VARIANTS) {
            variants.clear();
        }
        variants.put(variant(declared, literals), versioned);
    }

    /** The route of the last plan, for people; null before the first. */
    public @Nullable Route last() {
        Versioned found = base;
        if (found == null && !variants.isEmpty()) {
            found = variants.values().iterator().next();
        }
        if (found == null) {
            return null;
        }
        return found.route;
    }

    /** Takes the shape out of the cache's hands for good. */
    public void disable(String reason) {
        disabled = reason;
    }

    /** Why the cache answers this shape no more, or null. */
    public @Nullable String disabled() {
        return disabled;
    }

    private String variant(List<Integer> declared, LiteralSource literals) {
        StringBuilder text = new StringBuilder(declared.toString());
        for (int slot : positions) {
            text.append(' ').append(literals.literalText(slot));
        }
        return text.toString();
    }
}
