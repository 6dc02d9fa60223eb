package dev.sqlmem.plan;

import dev.sqlmem.cache.generation.Generation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the rows of a statement are found: which columns must equal a value, or a column of another of its
 * relations. Tells statements that touch a few rows from those that belong on a worker.
 */
public final class Lookups {
    /** Below this many rows even a full scan is cheaper than handing the statement to a worker. */
    private static final long SMALL_TABLE = 300;

    /** Below this many pairs of rows the same goes for relations without any index. */
    private static final long SMALL_PRODUCT = 3_000;

    /** A relation of the outermost FROM clause: its place among the tables is found by the OID. */
    private record Source(String alias, long tableOid) {}

    /** The column of a relation equals a value, where {@code by} is empty, or something of the other relation. */
    private record Equality(String alias, int attnum, String by) {}

    private final List<Long> reads = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<Equality> equalities = new ArrayList<>();
    private boolean nested;
    private boolean repeated;

    /** Notes a table wherever it is read, as often as it is. */
    public void read(long tableOid) {
        reads.add(tableOid);
    }

    /** Notes a relation of the outermost FROM clause. */
    public void source(String alias, long tableOid) {
        sources.add(new Source(alias, tableOid));
    }

    public void value(String alias, int attnum) {
        equalities.add(new Equality(alias, attnum, ""));
    }

    public void column(String alias, int attnum, String by) {
        equalities.add(new Equality(alias, attnum, by));
    }

    /** Says that the statement reads more than these relations. */
    public void nested() {
        nested = true;
    }

    /** Says that it reads something many times. */
    public void repeated() {
        repeated = true;
    }

    /** Whether so few rows are touched in these generations that an event loop may run the statement. */
    boolean isBrief(List<Generation> generations) {
        long product = 1;
        for (Long oid : reads) {
            product *= Math.min(SMALL_PRODUCT, Math.max(1, rows(oid, generations)));
            product = Math.min(product, SMALL_PRODUCT + 1);
        }
        if (repeated || (nested && product > SMALL_PRODUCT)) {
            return false;
        }
        if (product <= (reads.size() == 1 ? SMALL_TABLE : SMALL_PRODUCT)) {
            return true;
        }
        Set<String> found = new HashSet<>(Set.of(""));
        boolean more = true;
        while (more) {
            more = false;
            for (Source source : sources) {
                more |= !found.contains(source.alias)
                        && isOneRow(source, found, generations)
                        && found.add(source.alias);
            }
        }
        return !sources.isEmpty() && found.size() == sources.size() + 1;
    }

    private static long rows(long oid, List<Generation> generations) {
        for (Generation generation : generations) {
            if (generation.table().oid() == oid) {
                return generation.rows();
            }
        }
        return Long.MAX_VALUE;
    }

    private boolean isOneRow(Source source, Set<String> found, List<Generation> generations) {
        Set<Integer> keyed = new HashSet<>();
        for (Equality equality : equalities) {
            if (equality.alias.equals(source.alias) && found.contains(equality.by)) {
                keyed.add(equality.attnum);
            }
        }
        return new UniqueKey(source.tableOid, keyed).holds(generations);
    }
}
