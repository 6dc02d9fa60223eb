package dev.sqlmem.wire.type;

import java.time.zone.ZoneRules;

/**
 * What of a session's settings shapes the text form of values. DateStyle is always ISO and
 * client_encoding always UTF8 here: other sessions are relayed.
 *
 * @param byteaHex whether {@code bytea_output} is {@code hex}; otherwise {@code escape}
 * @param zone the rules of the session's TimeZone, proven to be the server's
 * @param zoneExactFrom the first instant, in microseconds since 2000-01-01 UTC, from which they are
 */
public record TextSettings(boolean byteaHex, ZoneRules zone, long zoneExactFrom) {}
