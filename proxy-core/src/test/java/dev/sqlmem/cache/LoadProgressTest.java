package dev.sqlmem.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadProgressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1024|4096|100000|2|1024 of about 4096 (25%) rows, 0.1 MB, 512 rows/s, about 6 s left",
                "1000000|9000000|48000000|10|1000000 of about 9000000 (11%) rows, 48.0 MB, 100000 rows/s, about 1 min 20 s left",
                "1000000|212000000|48000000|40|1000000 of about 212000000 (0%) rows, 48.0 MB, 25000 rows/s, about 2 h 20 min left",
                "5000|0|1000000|1|5000 rows, 1.0 MB, 5000 rows/s",
                "5000|4000|1000000|1|5000 rows, 1.0 MB, 5000 rows/s",
                "0|4000|0|0|0 rows, 0.0 MB, 0 rows/s",
            })
    void saysHowFarALoadIs(long rows, long expected, long bytes, long seconds, String sentence) {
        LoadProgress progress = new LoadProgress("public.t", rows, expected, bytes, Duration.ofSeconds(seconds));

        assertThat(progress.sentence()).isEqualTo(sentence);
    }
}
