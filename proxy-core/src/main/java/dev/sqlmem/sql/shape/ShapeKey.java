package dev.sqlmem.sql.shape;

import java.util.Arrays;

/** An immutable copy of a {@link Shape}, fit to be the key of a map. Threads may share it. */
public final class ShapeKey extends ShapeBytes {

    ShapeKey(Shape shape) {
        super(Arrays.copyOf(shape.bytes, shape.length), shape.length, shape.hash);
    }
}
