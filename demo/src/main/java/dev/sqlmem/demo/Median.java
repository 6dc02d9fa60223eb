package dev.sqlmem.demo;

import java.util.Arrays;

/** The middle one of several measurements: one slow run does not change it. */
final class Median {
    private Median() {}

    /** The median of the first {@code count} values; of an even count, the upper of the two in the middle. */
    static long of(long[] values, int count) {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
