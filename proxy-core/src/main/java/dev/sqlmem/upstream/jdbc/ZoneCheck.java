package dev.sqlmem.upstream.jdbc;

import java.time.zone.ZoneRules;

/** Whether Java knows a time zone exactly as the server does. */
public sealed interface ZoneCheck {

    /**
     * Java's rules and the server's agree.
     *
     * @param rules Java's rules
     * @param exactFromMicros the first instant from which they do, in microseconds since 2000-01-01 UTC;
     *     {@code Long.MIN_VALUE} where they always do
     */
    record Proven(ZoneRules rules, long exactFromMicros) implements ZoneCheck {}

    /** They disagree, or one of both doesn't know the zone. */
    record NotProvable(String reason) implements ZoneCheck {}
}
