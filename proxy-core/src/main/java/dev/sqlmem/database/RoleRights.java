package dev.sqlmem.database;

import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.upstream.jdbc.TableRights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one role may read in one database, as far as it was asked for in the current epoch. Thread-safe. */
public final class RoleRights {

    private static final int MOST_TABLES = 20_000;
    private static final int MOST_VERDICTS = 10_000;

    private final String role;
    private final EpochCache<Long, TableRights> tables = EpochCache.ofCount(MOST_TABLES);
    private final EpochCache<CachedPlan, Boolean> verdicts = EpochCache.ofCount(MOST_VERDICTS);

    RoleRights(String role) {
        this.role = role;
    }

    /** The role's name. */
    public String role() {
        return role;
    }

    /** Whether the role may read what the plan reads; null where the server must be asked. */
    public @Nullable Boolean mayRead(CachedPlan plan, int epoch) {
        Boolean verdict = verdicts.get(plan, epoch);
        if (verdict != null) {
            return verdict;
        }
        boolean allowed = true;
        for (TableUse use : plan.tables()) {
            TableRights rights = tables.get(use.oid(), epoch);
            if (rights == null) {
                return null;
            }
            allowed &= rights.mayRead(OrderKey.columnsOf(use.attnumList()));
        }
        verdicts.keep(plan, allowed, epoch);
        return allowed;
    }

    /** The tables of the plan about which the server must be asked. */
    List<TableUse> unknown(CachedPlan plan, int epoch) {
        return plan.tables().stream()
                .filter(use -> tables.get(use.oid(), epoch) == null)
                .toList();
    }

    void keep(long tableOid, TableRights rights, int epoch) {
        tables.keep(tableOid, rights, epoch);
    }
}
