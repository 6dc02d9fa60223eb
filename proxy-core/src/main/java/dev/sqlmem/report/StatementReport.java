package dev.sqlmem.report;

import org.jspecify.annotations.Nullable;

/**
 * A statement shape that was asked, as {@code sqlmem.statements} shows it. {@link #REPORT} says what each component is.
 */
public record StatementReport(
        String database,
        String shape,
        String route,
        String reason,
        long calls,
        long hits,
        long misses,
        long rows,
        long meanMicros,
        long p99Micros,
        long verified,
        long mismatches,
        @Nullable String relayedBecause) {

    /** The columns of {@code sqlmem.statements}. */
    public static final Report<StatementReport> REPORT = Report.<StatementReport>empty()
            .onlyInJson("database", "its database", StatementReport::database)
            .text("shape", "the text with `?` in the place of literals: no value of anybody's", StatementReport::shape)
            .text("route", "`serve`, `relay`, `refuse` or `local`", StatementReport::route)
            .text("reason", "why", StatementReport::reason)
            .number("calls", "how often it was asked", StatementReport::calls)
            .number("hits", "answers without any statement on the server", StatementReport::hits)
            .number("misses", "answers that caused or awaited a load", StatementReport::misses)
            .number("rows", "rows of the proxy's own answers", StatementReport::rows)
            .number("mean_micros", "the mean time of the proxy's own answers", StatementReport::meanMicros)
            .number("p99_micros", "the 99th percentile of it", StatementReport::p99Micros)
            .number("verified", "answers that were compared with the server's", StatementReport::verified)
            .number("mismatches", "those of them that differed", StatementReport::mismatches)
            .onlyInJson("relayed_because", "why it last went to the server", StatementReport::relayedBecause);
}
