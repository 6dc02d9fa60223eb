package dev.sqlmem.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
    @ParameterizedTest
    @CsvSource({
        "200, MILLIS, PT0.2S",
        "200, SECONDS, PT200S",
        "0, SECONDS, PT0S",
        "250ms, SECONDS, PT0.25S",
        "30s, MILLIS, PT30S",
        "30 S, MILLIS, PT30S",
        "5m, MILLIS, PT5M",
        "5min, MILLIS, PT5M",
        "1h, MILLIS, PT1H",
        "2d, MILLIS, PT48H",
    })
    void readsDurations(String text, ChronoUnit bare, Duration duration) {
        assertThat(TimeSpan.parse(text, bare)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "3 fortnights", "PT30S", "9999999999999"})
    void refusesWhatIsNoDuration(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TimeSpan.parse(text, ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT0.25S, 250ms", "PT30S, 30s", "PT5M, 5m", "PT90S, 90s", "PT1H, 1h", "PT48H, 48h"})
    void writesWhatReadsBackTheSame(Duration duration, String text) {
        assertThat(TimeSpan.format(duration)).isEqualTo(text);
        assertThat(TimeSpan.parse(text, ChronoUnit.DAYS)).isEqualTo(duration);
    }
}
