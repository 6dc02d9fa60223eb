package dev.sqlmem.upstream.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares Java's offsets of a time zone with the server's, instant by instant, in one query. */
final class ZoneReader {

    private static final long PG_EPOCH_SECONDS = 946_684_800;
    private static final long MICROS = 1_000_000;
    private static final String INVALID_PARAMETER_VALUE = "22023";

    /** What {@code SET TIME ZONE} makes of a number or an interval: POSIX, its sign is positive to the west. */
    private static final Pattern FIXED =
            Pattern.compile("<[A-Za-z0-9+:-]+>([+-]?)(\\d{1,2})(?::([0-5]\\d)(?::([0-5]\\d))?)?");

    private static final String OFFSETS = """
            SELECT array_agg(extract(timezone FROM to_timestamp(second))::int ORDER BY position),
                extract(epoch FROM now())::int8
            FROM unnest(?::int8[]) WITH ORDINALITY AS sample (second, position)""";

    private ZoneReader() {}

    /** Answers for zones that need no look, or returns null. */
    static @Nullable ZoneCheck known(String name) {
        if (name.equals("UTC")) {
            return new ZoneCheck.Proven(ZoneOffset.UTC.getRules(), Long.MIN_VALUE);
        }
        Matcher fixed = FIXED.matcher(name);
        if (fixed.matches()) {
            return fixed(fixed);
        }
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
            return new ZoneCheck.NotProvable("Java doesn't know the time zone " + name);
        }
        return null;
    }

    /** Compares with Java's zone of that name; the connection must be in a transaction, whose TimeZone this changes. */
    static ZoneCheck compare(Connection connection, String name) throws SQLException {
        return compare(connection, name, ZoneRulesProvider.getRules(name, false));
    }

    static ZoneCheck compare(Connection connection, String name, ZoneRules rules) throws SQLException {
        long[] samples = ZoneSamples.of(rules);
        try (PreparedStatement set = connection.prepareStatement("SELECT set_config('TimeZone', ?, true)")) {
            set.setString(1, name);
            set.execute();
        } catch (SQLException e) {
            if (INVALID_PARAMETER_VALUE.equals(e.getSQLState())) {
                return new ZoneCheck.NotProvable("the server doesn't know the time zone " + name);
            }
            throw e;
        }
        Long[] seconds = new Long[samples.length];
        for (int i = 0; i < samples.length; i++) {
            seconds[i] = samples[i];
        }
        try (PreparedStatement statement = connection.prepareStatement(OFFSETS)) {
            statement.setArray(1, connection.createArrayOf("int8", seconds));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return verdict(name, rules, samples, (Integer[]) row.getArray(1).getArray(), row.getLong(2));
            }
        }
    }

    private static ZoneCheck verdict(String name, ZoneRules rules, long[] samples, Integer[] offsets, long now) {
        int last = samples.length - 1;
        while (last >= 0
                && rules.getOffset(Instant.ofEpochSecond(samples[last])).getTotalSeconds() == offsets[last]) {
            last--;
        }
        if (last < 0) {
            return new ZoneCheck.Proven(rules, Long.MIN_VALUE);
        }
        if (samples[last] >= now) {
            return new ZoneCheck.NotProvable(
                    "Java and the server disagree on " + name + " at " + Instant.ofEpochSecond(samples[last]));
        }
        return new ZoneCheck.Proven(rules, (samples[last + 1] - PG_EPOCH_SECONDS) * MICROS);
    }

    private static ZoneCheck fixed(Matcher fixed) {
        int west = number(fixed.group(2)) * 3600 + number(fixed.group(3)) * 60 + number(fixed.group(4));
        if (west > ZoneOffset.MAX.getTotalSeconds()) {
            return new ZoneCheck.NotProvable("the offset " + fixed.group() + " is beyond 18 hours");
        }
        int east;
        if ("-".equals(fixed.group(1))) {
            east = west;
        } else {
            east = -west;
        }
        return new ZoneCheck.Proven(ZoneOffset.ofTotalSeconds(east).getRules(), Long.MIN_VALUE);
    }

    private static int number(@Nullable String digits) {
        if (digits == null) {
            return 0;
        }
        return Integer.parseInt(digits);
    }
}
