package dev.sqlmem.database;

import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.upstream.jdbc.TableRights;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one role may read in one database, as far as it was asked for in the current epoch. Thread-safe. */
public final class RoleRights {

    private record Known(TableRights rights, int epoch) {}

    private record Verdict(boolean allowed, int epoch) {}

    private static final int MAX_VERDICTS = 50_000;

    private final String role;
    private final Map<Long, Known> tables = new ConcurrentHashMap<>();
    private final Map<CachedPlan, Verdict> verdicts = new ConcurrentHashMap<>();

    RoleRights(String role) {
        this.role = role;
    }

    /** The role's name. */
    public String role() {
        return role;
    }

    /** Whether the role may read what the plan reads; null where the server must be asked. */
    public @Nullable Boolean mayRead(CachedPlan plan, int epoch) {
        Verdict verdict = verdicts.get(plan);
        if (verdict != null && verdict.epoch == epoch) {
            return verdict.allowed;
        }
        boolean allowed = true;
        for (TableUse use : plan.tables()) {
            Known known = known(use, epoch);
            if (known == null) {
                return null;
            }
            allowed &= known.rights.mayRead(OrderKey.columnsOf(use.attnumList()));
        }
        if (verdicts.size() >= MAX_VERDICTS) {
            verdicts.clear();
        }
        verdicts.put(plan, new Verdict(allowed, epoch));
        return allowed;
    }

    /** The tables of the plan about which the server must be asked. */
    List<TableUse> unknown(CachedPlan plan, int epoch) {
        return plan.tables().stream().filter(use -> known(use, epoch) == null).toList();
    }

    private @Nullable Known known(TableUse use, int epoch) {
        Known known = tables.get(use.oid());
        if (known == null || known.epoch != epoch) {
            return null;
        }
        return known;
    }

    void keep(long tableOid, TableRights rights, int epoch) {
        tables.put(tableOid, new Known(rights, epoch));
    }
}
