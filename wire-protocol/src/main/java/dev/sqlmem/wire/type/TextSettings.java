package dev.sqlmem.wire.type;

import java.time.zone.ZoneRules;

/**
 * What of a session's settings shapes the text form of values. client_encoding is always UTF8 here: other
 * sessions are relayed.
 *
 * @param byteaHex whether {@code bytea_output} is {@code hex}; otherwise {@code escape}
 * @param shortestFloats whether {@code extra_float_digits} is above zero; what it prints otherwise is not copied
 * @param dates how dates are printed
 * @param intervals how intervals are printed, and what a sign in an interval's text means
 * @param zone the rules of the session's TimeZone, proven to be the server's
 * @param zoneExactFrom the first instant, in microseconds since 2000-01-01 UTC, from which they are
 */
public record TextSettings(
        boolean byteaHex,
        boolean shortestFloats,
        DateStyle dates,
        IntervalStyle intervals,
        ZoneRules zone,
        long zoneExactFrom) {

    /** The server's defaults but for these. */
    public TextSettings(boolean byteaHex, ZoneRules zone, long zoneExactFrom) {
        this(byteaHex, true, DateStyle.ISO, IntervalStyle.POSTGRES, zone, zoneExactFrom);
    }

    /** The same for another zone. */
    public TextSettings in(ZoneRules otherZone, long exactFrom) {
        return new TextSettings(byteaHex, shortestFloats, dates, intervals, otherZone, exactFrom);
    }
}
