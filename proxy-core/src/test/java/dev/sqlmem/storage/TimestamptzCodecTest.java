package dev.sqlmem.storage;

import static dev.sqlmem.storage.TypeCodecs.TIMESTAMPTZ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestamptzCodecTest {
    private static final TextSettings NEW_YORK = Wire.in("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 763369199999999, 2024-03-10 01:59:59.999999-05",
        "America/New_York, 763369200000000, 2024-03-10 03:00:00-04",
        "America/New_York, 783928799000000, 2024-11-03 01:59:59-04",
        "America/New_York, 783928800000000, 2024-11-03 01:00:00-05",
        "America/New_York, -788918400000000, 1974-12-31 19:00:00-05",
        "America/New_York, 15794179200000000, 2500-06-30 20:00:00-04",
        "America/New_York, 252455616000000000, 9999-12-31 19:00:00-05",
        "Asia/Kathmandu, 763369199999999, 2024-03-10 12:44:59.999999+05:45",
        "Asia/Kathmandu, -788918400000000, 1975-01-01 05:30:00+05:30",
        "Asia/Kathmandu, 252455616000000000, 10000-01-01 05:45:00+05:45",
        "Australia/Lord_Howe, 763369199999999, 2024-03-10 17:59:59.999999+11",
        "Australia/Lord_Howe, 15794179200000000, 2500-07-01 10:30:00+10:30",
        "Europe/Amsterdam, 783928800000000, 2024-11-03 07:00:00+01",
        "Europe/Amsterdam, 15794179200000000, 2500-07-01 02:00:00+02",
    })
    void writesLocalTimeAndOffset(String zone, long stored, String text) {
        assertThat(Wire.text(TIMESTAMPTZ, stored, -1, Wire.in(zone))).isEqualTo(text);
    }

    @Test
    void writesOffsetsWithSecondsAndTheEraAtTheVeryEnd() {
        TextSettings proven =
                new TextSettings(true, ZoneId.of("America/New_York").getRules(), Long.MIN_VALUE);

        assertThat(Wire.text(TIMESTAMPTZ, -4_733_510_400_000_000L, -1, proven))
                .isEqualTo("1849-12-31 19:03:58-04:56:02");
        assertThat(Wire.text(TIMESTAMPTZ, -64_464_465_600_000_000L, -1, proven))
                .isEqualTo("0044-03-15 07:03:58-04:56:02 BC");
    }

    @Test
    void writesNothingBeforeTheProvenInstants() {
        assertThat(Wire.text(TIMESTAMPTZ, Wire.UNIX_EPOCH, -1, NEW_YORK)).isEqualTo("1969-12-31 19:00:00-05");
        assertThatThrownBy(() -> Wire.text(TIMESTAMPTZ, Wire.UNIX_EPOCH - 1, -1, NEW_YORK))
                .isInstanceOf(NotExactException.class);
    }

    @Test
    void writesAndReadsTheInfinitiesInEveryZone() {
        assertThat(Wire.text(TIMESTAMPTZ, Long.MAX_VALUE, -1, NEW_YORK)).isEqualTo("infinity");
        assertThat(Wire.text(TIMESTAMPTZ, Long.MIN_VALUE, -1, NEW_YORK)).isEqualTo("-infinity");
        assertThat(Wire.readText(TIMESTAMPTZ, "infinity", -1, NEW_YORK)).isEqualTo(Long.MAX_VALUE);
        assertThat(Wire.readText(TIMESTAMPTZ, "-infinity", -1, NEW_YORK)).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-07-04 10:00:00, 773416800000000",
        "2024-01-15 10:00:00.25, 758646000250000",
        "2024-01-15T10:00:00Z, 758628000000000",
        "2024-01-15 10:00:00-08, 758656800000000",
        "2024-01-15 10:00:00.5+05:45, 758607300500000",
        // The nearest that is read on either side of the change on 2024-03-10 at 07:00 UTC.
        "2024-03-08 13:59:59, 763239599000000",
        "2024-03-11 15:00:01, 763498801000000",
    })
    void readsTextInNewYork(String text, long stored) {
        assertThat(Wire.readText(TIMESTAMPTZ, text, -1, NEW_YORK)).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-03-08 14:00:00", "2024-03-10 02:30:00", "2024-03-11 15:00:00", // around the gap
                "2024-11-03 01:30:00", "2024-11-02 12:00:00", "2024-11-04 00:00:00", // around the overlap
                "1970-01-01 00:00:00", "1969-06-01 00:00:00" // too near to, or before the proven instants
            })
    void doesNotReadLocalTimesThatMightBeAmbiguous(String text) {
        assertThatThrownBy(() -> Wire.readText(TIMESTAMPTZ, text, -1, NEW_YORK)).isInstanceOf(NotExactException.class);
        assertThat(Wire.readText(TIMESTAMPTZ, text + "+00", -1, NEW_YORK))
                .isEqualTo(Wire.readText(TypeCodecs.TIMESTAMP, text));
    }

    @Test
    void readsEveryLocalTimeAtAFixedOffset() {
        TextSettings india = new TextSettings(true, ZoneOffset.of("+05:30").getRules(), Long.MIN_VALUE);

        assertThat(Wire.readText(TIMESTAMPTZ, "2000-01-01 05:30:00", -1, india)).isZero();
        assertThat(Wire.readText(TIMESTAMPTZ, "2000-01-01 00:00:00", -1, Wire.UTC))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2024-01-15",
                "2024-01-15 10:00:00 +05",
                "2024-01-15 10:00:00+5",
                "2024-01-15 10:00:00+0530",
                "2024-01-15 10:00:00+05:60",
                "2024-01-15 10:00:00+15",
                "2024-01-15 10:00:00+05:30:00",
                "2024-01-15 10:00:00z",
                "2024-01-15 10:00:00 UTC",
                "2024-01-15 10:00:00Z+01",
                "2024-01-15 10:00+00",
                "0044-03-15 12:00:00+00 BC",
                "2024-01-15 10:00:00.1234567+00"
            })
    void leavesOtherSpellingsToTheServer(String text) {
        assertThatThrownBy(() -> Wire.readText(TIMESTAMPTZ, text, -1, Wire.UTC)).isInstanceOf(NotExactException.class);
    }

    @Test
    void writesAndReadsBinary() {
        assertThat(Wire.binary(TIMESTAMPTZ, 762_525_296_120_000L, -1)).isEqualTo("0002b583416850c0");
        assertThat(Wire.readBinary(TIMESTAMPTZ, "0002b583416850c0", -1)).isEqualTo(762_525_296_120_000L);
        assertThatThrownBy(() -> Wire.readBinary(TIMESTAMPTZ, "7fffff5bb3b2a000", -1))
                .isInstanceOf(NotExactException.class);
    }
}
