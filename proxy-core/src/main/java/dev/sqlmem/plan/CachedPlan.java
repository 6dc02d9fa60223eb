package dev.sqlmem.plan;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the cache. Shared by all sessions of a plan space. */
public final class CachedPlan implements Route {
    private final TranslatedQuery read;
    private volatile @Nullable Known known;

    private record Known(Leased leased, Fit fit) {}

    /** How generations go with the plan. */
    public enum Fit {
        /** The statement touches so few rows that an event loop may run it. */
        BRIEF,
        /** It belongs on a worker. */
        LONG,
        /** A table has changed between the two, or a key that the plan relies on is not unique. */
        NONE,
        /** It maps the case of letters that only the server knows. */
        OTHER_LETTERS
    }

    public CachedPlan(TranslatedQuery read) {
        this.read = read;
    }

    public TranslatedQuery read() {
        return read;
    }

    /** The tables it reads, by rising OID, with the columns that a generation of each needs. */
    public List<TableUse> tables() {
        return read.tables();
    }

    /** Judges generations of the tables; cheap where they are those that were judged last. */
    public Fit fit(Leased leased) {
        Known last = known;
        if (last == null || last.leased != leased) {
            last = new Known(leased, judge(leased.generations()));
            known = last;
        }
        return last.fit;
    }

    private Fit judge(List<Generation> generations) {
        for (int i = 0; i < generations.size(); i++) {
            if (!isAsPlanned(generations.get(i), tables().get(i))) {
                return Fit.NONE;
            }
        }
        if (!read.holds(generations)) {
            if (read.isAscii(generations)) {
                return Fit.NONE;
            }
            return Fit.OTHER_LETTERS;
        }
        if (read.lookups().isBrief(generations)) {
            return Fit.BRIEF;
        }
        return Fit.LONG;
    }

    private static boolean isAsPlanned(Generation generation, TableUse use) {
        TableDefinition planned = use.table();
        for (int attnum : use.attnums()) {
            if (!generation.has(attnum) || !generation.table().column(attnum).equals(planned.column(attnum))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String label() {
        return "serve";
    }

    @Override
    public String reason() {
        if (read.open().isEmpty()) {
            return "";
        }
        return "left open by SQL: " + read.open();
    }
}
