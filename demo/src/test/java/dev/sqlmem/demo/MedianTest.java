package dev.sqlmem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void isTheMiddleOne() {
        assertThat(Median.of(new long[] {7}, 1)).isEqualTo(7);
        assertThat(Median.of(new long[] {9, 1, 5}, 3)).isEqualTo(5);
        assertThat(Median.of(new long[] {9, 1, 5, 7}, 4)).isEqualTo(7);
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        assertThat(Median.of(new long[] {9, 8, 7, 0, 0, 0, 0}, 3)).isEqualTo(8);
    }
}
