package dev.sqlmem.plan;

import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.shape.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The shapes met under one search path of one database: where a name means the same, a shape has the
 * same plan. Thread-safe.
 */
public final class PlanSpace {
    private final String searchPath;
    private final Plans plans;

    PlanSpace(String searchPath, Plans plans) {
        this.searchPath = searchPath;
        this.plans = plans;
    }

    /** The resolved, quoted list of schemas. */
    public String searchPath() {
        return searchPath;
    }

    /** Returns what is known of the probe's shape, or null; allocates nothing. */
    public @Nullable ShapeEntry find(PlanKey probe) {
        return plans.find(probe.under(searchPath));
    }

    /** Returns the entry of a new shape, kept from now on. */
    public ShapeEntry add(Shape shape, Classification classification) {
        return plans.add(shape.key(), searchPath, classification);
    }
}
