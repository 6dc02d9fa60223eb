package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.LoadFailure;
import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.cache.generation.StoredPages;
import dev.sqlmem.cache.generation.StoredTable;
import dev.sqlmem.cache.sqlite.CacheException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table that will be made of stored pages: to be {@link #complete}d or {@link #abandon}ed once, by one
 * thread. Those who want the table wait for it until then.
 */
public final class TableRestore {
    private final StoredTable stored;
    private final TableLoad load;
    private final MemoryBudget budget;
    private final Consumer<TableLoad.Result> finished;

    TableRestore(StoredTable stored, TableLoad load, MemoryBudget budget, Consumer<TableLoad.Result> finished) {
        this.stored = stored;
        this.load = load;
        this.budget = budget;
        this.finished = finished;
    }

    /** What was stored. */
    public StoredTable stored() {
        return stored;
    }

    /** Whether the table has been invalidated in the meantime, so that what was stored must not be shown. */
    public boolean isObsolete() {
        return load.isStale();
    }

    /**
     * Reads the pages and makes them the table's current generation, unless it has become obsolete.
     *
     * @return the generation's new number, or null where it could not be used
     * @throws LoadRefusedException where there is no room for it, or the pages are not as they should be; the
     *     restore is over then as well
     */
    public @Nullable Long complete(Path pages) throws LoadRefusedException {
        Generation generation = null;
        try {
            if (load.isStale()) {
                generation = null;
            } else {
                generation = StoredPages.generation(stored, pages, budget);
            }
        } catch (CacheException e) {
            throw new LoadRefusedException("its pages cannot be read: " + e.getMessage());
        } finally {
            if (generation == null) {
                abandon();
            }
        }
        if (generation == null) {
            return null;
        }
        long number = generation.id();
        finished.accept(new TableLoad.Result(generation, null));
        if (load.isStale()) {
            return null;
        }
        return (Long) number;
    }

    /** Gives up: whoever waits for the table gets a load. */
    public void abandon() {
        finished.accept(new TableLoad.Result(null, new LoadFailure.NotRestored("its stored pages were not usable")));
    }
}
