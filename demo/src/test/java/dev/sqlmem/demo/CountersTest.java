package dev.sqlmem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTest {
    private static final Counters BEFORE = new Counters(Map.of("hits", 5L, "misses", 2L, "relayed", 9L, "refused", 0L));

    @Test
    void namesTheRouteByTheCounterThatRose() {
        assertThat(new Counters(Map.of("hits", 6L, "misses", 2L, "relayed", 9L, "refused", 0L)).routeSince(BEFORE))
                .isEqualTo("hit");
        assertThat(new Counters(Map.of("hits", 5L, "misses", 3L, "relayed", 9L, "refused", 0L)).routeSince(BEFORE))
                .isEqualTo("miss");
        assertThat(new Counters(Map.of("hits", 5L, "misses", 2L, "relayed", 10L, "refused", 0L)).routeSince(BEFORE))
                .isEqualTo("relayed");
        assertThat(new Counters(Map.of("hits", 5L, "misses", 2L, "relayed", 9L, "refused", 1L)).routeSince(BEFORE))
                .isEqualTo("refused");
    }

    @Test
    void hidesNothing() {
        assertThat(BEFORE.routeSince(BEFORE)).isEqualTo("?");
        assertThat(new Counters(Map.of("hits", 5L, "misses", 3L, "relayed", 10L, "refused", 0L)).routeSince(BEFORE))
                .isEqualTo("miss+relayed");
    }
}
