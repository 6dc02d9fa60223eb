package dev.sqlmem.cache.generation;

/**
 * What a load has found of a column's values.
 *
 * @param hasNull whether any is null
 * @param allAscii whether all of a text column are ASCII; true of other columns
 * @param min the least stored integer; above {@code max} where there is none, or the column holds none
 * @param max the greatest one
 * @param hasNaN whether any of a floating-point column is NaN
 * @param oneRepresentation whether equal values have the same wire bytes; true of all identity types
 */
public record ColumnFacts(
        boolean hasNull, boolean allAscii, long min, long max, boolean hasNaN, boolean oneRepresentation) {}
