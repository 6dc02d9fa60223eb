package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTest {

    private static final long PG_EPOCH = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final String NAME = SharedPostgres.createDatabase("zones");
    private static final ServiceDatabase DATABASE = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource({"UTC, 0", "<+02>-02, 7200", "<-03>+03, -10800", "<+05:30>-05:30, 19800", "<+00>-00, 0", "<x:y>4, -14400"
    })
    void takesFixedOffsetsAtOnce(String name, int seconds) throws Exception {
        assertThat(DATABASE.zone(name))
                .isEqualTo(
                        new ZoneCheck.Proven(ZoneOffset.ofTotalSeconds(seconds).getRules(), Long.MIN_VALUE));
        assertServerAgrees(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "Asia/Kolkata",
                "Australia/Lord_Howe",
                "Etc/UTC",
                "GMT",
                "Etc/GMT+5",
                "EST5EDT",
                "Asia/Tehran"
            })
    void provesZonesThatAgree(String name) throws Exception {
        assertServerAgrees(name);
    }

    @Test
    void provesBerlinForEver() throws Exception {
        assertThat(DATABASE.zone("Europe/Berlin"))
                .isInstanceOfSatisfying(
                        ZoneCheck.Proven.class,
                        proven -> assertThat(proven.exactFromMicros())
                                .isLessThanOrEqualTo(micros("1893-04-01T00:00:00Z")));
    }

    @Test
    void provesOnlyWhatAgrees() throws Exception {
        // Paris and Berlin have kept the same time since 1980-04-06, when both began their summer time.
        assertThat(compare("Europe/Berlin", "Europe/Paris"))
                .isInstanceOfSatisfying(
                        ZoneCheck.Proven.class,
                        proven -> assertThat(proven.exactFromMicros())
                                .isBetween(micros("1979-09-30T00:00:00Z"), micros("1980-04-06T01:00:00Z")));
        // Iran has kept one offset since 2022, and so does Java's fixed one.
        assertThat(compare("Asia/Tehran", "+03:30"))
                .isInstanceOfSatisfying(
                        ZoneCheck.Proven.class,
                        proven -> assertThat(proven.exactFromMicros())
                                .isBetween(micros("2022-09-15T00:00:00Z"), micros("2022-09-28T20:00:00Z")));
        assertThat(compare("Europe/Berlin", "Europe/London"))
                .isInstanceOfSatisfying(
                        ZoneCheck.NotProvable.class,
                        not -> assertThat(not.reason()).contains("Europe/Berlin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "europe/berlin", "UTC+3", "Factory", "SystemV/EST5EDT", "<+20>-20", ""})
    void provesNothingElse(String name) throws Exception {
        assertThat(DATABASE.zone(name)).isInstanceOf(ZoneCheck.NotProvable.class);
    }

    @Test
    void asksOnce() throws Exception {
        assertThat(DATABASE.zone("Europe/Paris")).isSameAs(DATABASE.zone("Europe/Paris"));
    }

    @Test
    void leavesTheSessionAlone() throws Exception {
        DATABASE.zone("Asia/Tokyo");
        assertThat(DATABASE.zone("Asia/Seoul")).isInstanceOf(ZoneCheck.Proven.class);
        assertThat(DATABASE.describe("pg_catalog", "SELECT 1", new int[0]).fields())
                .hasSize(1);
    }

    private static ZoneCheck compare(String server, String java) throws Exception {
        try (var connection = SharedPostgres.connect(NAME)) {
            connection.setAutoCommit(false);
            return ZoneReader.compare(connection, server, ZoneId.of(java).getRules());
        }
    }

    /** Asks for random instants that the proof has not sampled. */
    private static void assertServerAgrees(String name) throws Exception {
        ZoneCheck check = DATABASE.zone(name);
        assertThat(check).isInstanceOf(ZoneCheck.Proven.class);
        ZoneCheck.Proven proven = (ZoneCheck.Proven) check;
        long from = proven.exactFromMicros() == Long.MIN_VALUE
                ? Instant.parse("-4000-01-01T00:00:00Z").getEpochSecond()
                : Math.floorDiv(proven.exactFromMicros(), 1_000_000L) + PG_EPOCH;
        Random random = new Random(name.hashCode());
        try (var connection = SharedPostgres.connect(NAME);
                PreparedStatement set = connection.prepareStatement("SELECT set_config('TimeZone', ?, false)");
                PreparedStatement ask =
                        connection.prepareStatement("SELECT extract(timezone FROM to_timestamp(?::int8))::int")) {
            set.setString(1, name);
            set.execute();
            for (int i = 0; i < 2000; i++) {
                long to = i % 2 == 0 ? Instant.parse("2100-01-01T00:00:00Z").getEpochSecond() : 250_000_000_000L;
                long start = i % 2 == 0
                        ? Math.max(from, Instant.parse("1850-01-01T00:00:00Z").getEpochSecond())
                        : from;
                long second = start + (long) (random.nextDouble() * (to - start));
                ask.setLong(1, second);
                try (ResultSet row = ask.executeQuery()) {
                    row.next();
                    Instant instant = Instant.ofEpochSecond(second);
                    assertThat(proven.rules().getOffset(instant).getTotalSeconds())
                            .as("%s", instant)
                            .isEqualTo(row.getInt(1));
                }
            }
        }
    }

    private static long micros(String instant) {
        return (Instant.parse(instant).getEpochSecond() - PG_EPOCH) * 1_000_000;
    }
}
