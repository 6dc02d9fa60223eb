package dev.sqlmem.plan;

import dev.sqlmem.cache.Generation;
import dev.sqlmem.catalog.TableDefinition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the cache. Shared by all sessions of a plan space. */
public final class Serve implements Route {
    /** Below this many rows even a full scan is cheaper than handing the statement to a worker. */
    private static final long SMALL_TABLE = 300;

    private final TableDefinition table;
    private final Read read;
    private final int[] attnums;
    private volatile @Nullable Known known;

    private record Known(Generation generation, Fit fit) {}

    /** How a generation goes with the plan. */
    public enum Fit {
        /** The statement touches so few rows that an event loop may run it. */
        BRIEF,
        /** It belongs on a worker. */
        LONG,
        /** The table has changed between the two. */
        NONE
    }

    public Serve(TableDefinition table, Read read) {
        this.table = table;
        this.read = read;
        this.attnums = read.attnums().stream().mapToInt(Integer::intValue).toArray();
    }

    public TableDefinition table() {
        return table;
    }

    public Read read() {
        return read;
    }

    /** The columns that a generation needs to answer; shared, not to be changed. */
    public int[] attnums() {
        return attnums;
    }

    /** Judges a generation of the table; cheap where it is the one that was judged last. */
    public Fit fit(Generation generation) {
        Known last = known;
        if (last == null || last.generation != generation) {
            last = new Known(generation, judge(generation));
            known = last;
        }
        return last.fit;
    }

    private Fit judge(Generation generation) {
        for (int attnum : attnums) {
            if (!generation.has(attnum) || !generation.table().column(attnum).equals(table.column(attnum))) {
                return Fit.NONE;
            }
        }
        boolean brief = generation.rows() <= SMALL_TABLE || generation.uniqueOn(Set.copyOf(read.keyed()));
        return brief ? Fit.BRIEF : Fit.LONG;
    }

    @Override
    public String label() {
        return "serve";
    }

    @Override
    public String reason() {
        return read.open().isEmpty() ? "" : "left open by SQL: " + read.open();
    }
}
