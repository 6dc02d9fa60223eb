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
    private volatile @Nullable Cost cost;

    private record Cost(Generation generation, boolean brief) {}

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

    /** Whether the statement touches so few rows of this generation that an event loop may run it. */
    public boolean isBrief(Generation generation) {
        Cost known = cost;
        if (known == null || known.generation != generation) {
            boolean brief = generation.rows() <= SMALL_TABLE || generation.uniqueOn(Set.copyOf(read.keyed()));
            known = new Cost(generation, brief);
            cost = known;
        }
        return known.brief;
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
