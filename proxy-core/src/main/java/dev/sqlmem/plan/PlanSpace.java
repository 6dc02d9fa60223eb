package dev.sqlmem.plan;

import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.shape.Shape;
import dev.sqlmem.sql.shape.ShapeBytes;
import dev.sqlmem.sql.shape.ShapeKey;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The shapes met under one search path of one database: where a name means the same, a shape has the
 * same plan. Thread-safe.
 */
public final class PlanSpace {
    /** A client that never repeats a shape must not fill the memory. */
    private static final int MAX_SHAPES = 20_000;

    private final String searchPath;
    private final Map<ShapeBytes, ShapeEntry> entries = new ConcurrentHashMap<>();

    /** Creates a space; {@code searchPath} is the resolved, quoted list of schemas. */
    public PlanSpace(String searchPath) {
        this.searchPath = searchPath;
    }

    public String searchPath() {
        return searchPath;
    }

    /** Returns what is known of the shape, or null; allocates nothing. */
    public @Nullable ShapeEntry find(Shape shape) {
        return entries.get(shape);
    }

    /** Returns the entry of a new shape, kept from now on. */
    public ShapeEntry add(Shape shape, Classification classification) {
        if (entries.size() >= MAX_SHAPES) {
            entries.clear();
        }
        ShapeKey key = shape.key();
        return entries.computeIfAbsent(key, each -> new ShapeEntry(key, classification));
    }

    /** All shapes, for {@code sqlmem.statements}. */
    public Collection<ShapeEntry> entries() {
        return entries.values();
    }
}
