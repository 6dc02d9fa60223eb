package dev.sqlmem.admin;

import dev.sqlmem.database.Database;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.StatementCounters;
import dev.sqlmem.report.StatementReport;
import dev.sqlmem.sql.classify.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses the statements that are worth showing out of what may be tens of thousands.
 *
 * @param readOnly whether writes, wildcards and joins are refused
 */
record StatementRanking(boolean readOnly) {
    private static final int MOST = 30;

    private record Asked(String database, ShapeEntry entry, long calls, long elsewhere) {}

    /** The most frequent statements, and those most often not answered from the cache, by falling count. */
    List<StatementReport> of(List<Database> databases) {
        List<Asked> asked = new ArrayList<>();
        for (Database database : databases) {
            for (ShapeEntry entry : database.plans().entries()) {
                StatementCounters of = entry.counters();
                long calls = of.calls();
                if (calls > 0) {
                    asked.add(new Asked(database.name(), entry, calls, calls - of.hits() - of.misses()));
                }
            }
        }
        asked.sort(Comparator.comparingLong(Asked::calls).reversed());
        Set<Asked> chosen = new LinkedHashSet<>(asked.subList(0, Math.min(MOST, asked.size())));
        asked.stream()
                .filter(each ->
                        each.elsewhere > 0 && each.entry.classification().kind() != StatementKind.LOCAL)
                .sorted(Comparator.comparingLong(Asked::elsewhere).reversed())
                .limit(MOST)
                .forEach(chosen::add);
        return chosen.stream()
                .sorted(Comparator.comparingLong(Asked::calls).reversed())
                .map(each -> StatementReports.of(each.database, each.entry, readOnly))
                .toList();
    }
}
