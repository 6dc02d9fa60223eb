package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.GenerationSets;
import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.cache.generation.LoadFailure;
import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.catalog.TableDefinition;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Loads a generation that no cache knows of. */
public final class LooseGeneration {
    private LooseGeneration() {}

    /**
     * Loads on the calling thread.
     *
     * @param attnums the columns, at least one
     * @return leased for the caller, who retires and releases it
     * @throws LoadRefusedException where it cannot be; the message says why
     */
    public static Generation load(TableDefinition table, Set<Integer> attnums, TableSource source, MemoryBudget budget)
            throws LoadRefusedException {
        TableLoad.Result result = new TableLoad(table, attnums, false).run(source, budget, InstantSource.system());
        Generation loaded = result.generation();
        LoadFailure failure = result.failure();
        if (loaded == null || !loaded.tryAcquire()) {
            if (failure == null) {
                throw new LoadRefusedException("a new generation is retired already");
            }
            throw new LoadRefusedException(failure.reason());
        }
        return loaded;
    }

    /** Returns generations, all leased by the caller, as one; its release returns those leases. */
    public static Leased together(List<Generation> generations) {
        if (generations.size() == 1) {
            return generations.get(0);
        }
        return new GenerationSets().of(generations.toArray(Generation[]::new), 0);
    }
}
