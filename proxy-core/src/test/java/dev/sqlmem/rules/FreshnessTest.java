package dev.sqlmem.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessTest {
    @Test
    void readsBothRules() {
        assertThat(Freshness.parse("manual").timeToLive()).isNull();
        assertThat(Freshness.parse("ttl:30s").timeToLive()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Freshness.parse("TTL:5m")).hasToString("ttl:5m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "never", "ttl", "ttl:", "ttl:0s", "ttl:soon"})
    void refusesTheRest(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Freshness.parse(text));
    }
}
