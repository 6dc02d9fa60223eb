package dev.sqlmem.admin;

import dev.sqlmem.database.Database;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.StatementCounters;
import dev.sqlmem.report.StatementReport;
import dev.sqlmem.sql.classify.StatementKind;
import org.jspecify.annotations.Nullable;

/** Makes {@link StatementReport}s. */
final class StatementReports {
    private StatementReports() {}

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
