package dev.sqlmem.wire.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import org.junit.jupiter.api.Test;

class ZoneOffsetsTest {
    private static final long FROM = Instant.parse("2009-12-01T00:00:00Z").getEpochSecond();
    private static final long UNTIL = Instant.parse("2012-02-01T00:00:00Z").getEpochSecond();

    /** Samoa skipped a day in 2011; Lord Howe Island moves its clocks by half an hour. */
    @Test
    void remembersNoOffsetBeyondItsChange() {
        ZoneRules[] zones = {
            ZoneId.of("Pacific/Apia").getRules(),
            ZoneId.of("Australia/Lord_Howe").getRules(),
            ZoneId.of("America/New_York").getRules(),
            ZoneId.of("UTC").getRules()
        };
        ZoneOffsets offsets = new ZoneOffsets();

        for (int round = 0; round < 2; round++) {
            for (long second = FROM; second < UNTIL; second += 1800) {
                for (ZoneRules zone : zones) {
                    assertSame(offsets, zone, second - 1);
                    assertSame(offsets, zone, second);
                }
            }
        }
    }

    private static void assertSame(ZoneOffsets offsets, ZoneRules zone, long second) {
        Instant instant = Instant.ofEpochSecond(second);

        assertThat(offsets.at(zone, second))
                .as("%s at %s", zone, instant)
                .isEqualTo(zone.getOffset(instant).getTotalSeconds());
    }
}
