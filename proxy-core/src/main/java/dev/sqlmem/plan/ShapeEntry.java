package dev.sqlmem.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.shape.LiteralSource;
import dev.sqlmem.sql.shape.ShapeKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one statement shape in one plan space. Thread-safe.
 *
 * <p>A shape has one plan, unless that depends on declared parameter types or on the values of some
 * literals (ORDER BY 1): then it has one for each combination met.
 */
public final class ShapeEntry {
    private static final int MOST_VARIANTS = 200;

    /** What the counters take, and all that comes once. */
    private static final int OWN_BYTES = 3_000;

    private static final int BYTES_OF_STATEMENT = 300;
    private static final int BYTES_OF_PLAN = 2_000;

    /** What a plan takes for each byte of the shape. */
    private static final int PLAN_FACTOR = 24;

    private record Versioned(Route route, int epoch) {}

    private final Plans plans;
    private final PlanKey planKey;
    private final ShapeKey key;
    private final Classification classification;
    private final StatementCounters counters = new StatementCounters();
    private volatile int[] positions = {};
    private volatile @Nullable Versioned base;
    private volatile @Nullable Cache<String, Versioned> variants;
    private volatile @Nullable String disabled;
    private volatile boolean displaced;

    ShapeEntry(Plans plans, PlanKey planKey, ShapeKey key, Classification classification) {
        this.plans = plans;
        this.planKey = planKey;
        this.key = key;
        this.classification = classification;
        this.disabled = plans.disabled(planKey);
    }

    PlanKey planKey() {
        return planKey;
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

    /**
     * Returns the entry that stands for the shape now. One that had to make room while somebody held it takes
     * its place again, with its plans, unless another has it. Cheap where it still has its place.
     */
    public ShapeEntry current() {
        if (displaced) {
            return plans.current(this);
        }
        return this;
    }

    /** About how much memory it takes; its plans count as soon as they are made. */
    int bytes() {
        long made = variants().size();
        if (base != null) {
            made++;
        }
        long text = key.length();
        long bytes = OWN_BYTES
                + 4 * text
                + (long) BYTES_OF_STATEMENT * classification.statements().size()
                + made * (BYTES_OF_PLAN + PLAN_FACTOR * text);
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    /** Makes room; what was counted and will be is the heir's. */
    void displaced(StatementCounters heir) {
        displaced = true;
        counters.leaveTo(heir);
    }

    /** Has its place again. */
    void placed() {
        counters.keepAgain();
        displaced = false;
    }

    /** Returns the plan made in this catalog epoch, or null where there is none. */
    public @Nullable Route route(int epoch, List<Integer> declared, LiteralSource literals) {
        Versioned found;
        if (declared.isEmpty() && positions.length == 0) {
            found = base;
        } else {
            found = variants().get(variant(declared, literals));
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
        } else {
            keepVariant(variant(declared, literals), versioned);
        }
        plans.grown(this);
    }

    private synchronized void keepVariant(String variant, Versioned versioned) {
        Cache<String, Versioned> kept = variants;
        if (kept == null) { // most shapes have none
            kept = Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumSize(MOST_VARIANTS)
                    .build();
            variants = kept;
        }
        kept.put(variant, versioned);
    }

    private Map<String, Versioned> variants() {
        Cache<String, Versioned> kept = variants;
        if (kept == null) {
            return Map.of();
        }
        return kept.asMap();
    }

    /** The route of the last plan, for people; null before the first. */
    public @Nullable Route last() {
        Versioned found = base;
        if (found == null) {
            found = variants().values().stream().findFirst().orElse(null);
        }
        if (found == null) {
            return null;
        }
        return found.route;
    }

    /** Takes the shape out of the cache's hands for good. */
    public void disable(String reason) {
        disabled = reason;
        plans.disable(planKey, reason);
    }

    /** Another entry of the shape was disabled. */
    void disabledElsewhere(String reason) {
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
