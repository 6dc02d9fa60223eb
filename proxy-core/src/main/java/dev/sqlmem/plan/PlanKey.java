package dev.sqlmem.plan;

import dev.sqlmem.sql.shape.Shape;
import dev.sqlmem.sql.shape.ShapeBytes;
import dev.sqlmem.sql.shape.ShapeKey;
import org.jspecify.annotations.Nullable;

/** A shape under a search path: what has the same plan. Immutable and shared by threads, but for a {@link #probe}. */
public final class PlanKey {
    private final ShapeBytes shape;
    private String searchPath;

    private PlanKey(ShapeBytes shape, String searchPath) {
        this.shape = shape;
        this.searchPath = searchPath;
    }

    static PlanKey of(ShapeKey shape, String searchPath) {
        return new PlanKey(shape, searchPath);
    }

    /** Returns a key to look for whatever the scratch shape holds then; it belongs to the shape's thread. */
    public static PlanKey probe(Shape scratch) {
        return new PlanKey(scratch, "");
    }

    /** Points a probe at a search path. */
    PlanKey under(String path) {
        searchPath = path;
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof PlanKey that && shape.equals(that.shape) && searchPath.equals(that.searchPath));
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + searchPath.hashCode();
    }

    @Override
    public String toString() {
        return shape + " under " + searchPath;
    }
}
