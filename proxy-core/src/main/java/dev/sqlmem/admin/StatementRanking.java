package dev.sqlmem.admin;

import dev.sqlmem.database.Database;
import dev.sqlmem.plan.PlanSpace;
import dev.sqlmem.plan.ShapeEntry;
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

    private record Asked(String database, ShapeEntry entry, long calls) {}

    /** The most frequent statements, and the most frequent ones of those not served, by falling count. */
    List<StatementReport> of(List<Database> databases) {
        List<Asked> asked = new ArrayList<>();
        for (Database database : databases) {
            for (PlanSpace space : database.spaces()) {
                for (ShapeEntry entry : space.entries()) {
                    long calls = entry.counters().calls();
                    if (calls > 0) {
                        asked.add(new Asked(database.name(), entry, calls));
                    }
                }
            }
        }
        asked.sort(Comparator.comparingLong(Asked::calls).reversed());
        Set<Asked> chosen = new LinkedHashSet<>(asked.subList(0, Math.min(MOST, asked.size())));
        asked.stream().filter(this::isUpstream).limit(MOST).forEach(chosen::add);
        return chosen.stream()
                .sorted(Comparator.comparingLong(Asked::calls).reversed())
                .map(each -> StatementReport.of(each.database, each.entry, readOnly))
                .toList();
    }

    private boolean isUpstream(Asked asked) {
        String route = StatementReport.route(asked.entry, readOnly);
        return route.equals("relay") || route.equals("refuse");
    }
}
