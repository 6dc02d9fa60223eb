package dev.sqlmem.testing;

import java.util.List;

/** How far a statement determines the order of its rows. */
public sealed interface RowOrder {
    /** Every row has its place. */
    record Total() implements RowOrder {}

    /** Any order of the same rows is right. */
    record Any() implements RowOrder {}

    /**
     * Ties are free: the same rows, and these columns show the same sequence of values.
     *
     * @param columns indexes of output columns, the leading keys of the ORDER BY
     */
    record ByKeys(List<Integer> columns) implements RowOrder {}
}
