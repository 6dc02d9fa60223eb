package dev.sqlmem.admin;

import dev.sqlmem.database.Database;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.StatementCounters;
import dev.sqlmem.sql.classify.StatementKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement shape that was asked, as {@code sqlmem.statements} shows it.
 *
 * @param database the upstream database
 * @param shape the text with {@code ?} in the place of literals: no value of anybody's
 * @param route {@code serve}, {@code relay}, {@code refuse} or {@code local}
 * @param reason why, for people
 * @param calls how often it was asked
 * @param hits answers without any upstream statement
 * @param misses answers that caused or awaited a load
 * @param rows rows of the proxy's own answers
 * @param meanMicros the mean time of the proxy's own answers
 * @param p99Micros the 99th percentile of it
 * @param verified answers that were compared with the upstream's
 * @param mismatches those of them that differed
 * @param relayedBecause why it last went upstream, null where it never did
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

    static StatementReport of(String database, ShapeEntry entry, boolean readOnly) {
        return of(database, entry.key().display(), route(entry, readOnly), reason(entry, readOnly), entry.counters());
    }

    /** All the shapes together that had to make room for others. */
    static StatementReport others(Database database) {
        StatementCounters others = database.plans().others();
        return of(database.name(), "others", "", "statements that made room for ones asked more often", others);
    }

    private static StatementReport of(
            String database, String shape, String route, String reason, StatementCounters of) {
        return new StatementReport(
                database,
                shape,
                route,
                reason,
                of.calls(),
                of.hits(),
                of.misses(),
                of.rows(),
                of.meanMicros(),
                of.p99Micros(),
                of.verified(),
                of.mismatches(),
                of.relayedBecause());
    }

    /** As a row of {@code sqlmem.statements}, in the column order of {@code LocalRelation}. */
    List<Object> row() {
        return List.of(shape, route, reason, calls, hits, misses, rows, meanMicros, p99Micros, verified, mismatches);
    }

    private static String route(ShapeEntry entry, boolean readOnly) {
        if (readOnly && entry.classification().refusal() != null) {
            return "refuse";
        }
        if (entry.classification().kind() == StatementKind.LOCAL) {
            return "local";
        }
        Route last = entry.last();
        if (last == null || entry.disabled() != null) {
            return "relay";
        }
        return last.label();
    }

    private static String reason(ShapeEntry entry, boolean readOnly) {
        var refusal = entry.classification().refusal();
        if (readOnly && refusal != null) {
            return refusal.message();
        }
        String disabled = entry.disabled();
        if (disabled != null) {
            return "disabled: " + disabled;
        }
        @Nullable Route last = entry.last();
        if (last != null) {
            return last.reason();
        }
        if (entry.classification().kind() == StatementKind.LOCAL) {
            return "the proxy's own tables";
        }
        String relayed = entry.counters().relayedBecause();
        if (relayed == null) {
            return "";
        }
        return relayed;
    }
}
