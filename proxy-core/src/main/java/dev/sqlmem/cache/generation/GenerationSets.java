package dev.sqlmem.cache.generation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sets of generations that are read together. Lookups take no lock; all methods may come from any thread. */
public final class GenerationSets {
    /** Each keeps connections with page caches of their own, so the least recently used make room. */
    static final int MOST = 64;

    private volatile GenerationSet[] all = new GenerationSet[0];

    /** Returns the set of these generations, all of which the caller has leased. */
    public GenerationSet of(Generation[] leased, long now) {
        GenerationSet known = find(leased);
        GenerationSet set;
        if (known == null) {
            set = add(leased);
        } else {
            set = known;
        }
        set.used(now);
        return set;
    }

    private @Nullable GenerationSet find(Generation[] leased) {
        for (GenerationSet set : all) {
            if (set.isOf(leased)) {
                return set;
            }
        }
        return null;
    }

    private GenerationSet add(Generation[] leased) {
        GenerationSet oldest = null;
        GenerationSet set;
        synchronized (this) {
            GenerationSet known = find(leased);
            if (known != null) {
                return known;
            }
            set = new GenerationSet(List.of(leased), this);
            List<GenerationSet> more = new ArrayList<>(List.of(all));
            if (more.size() >= MOST) {
                oldest = oldest(more);
                more.remove(oldest);
            }
            more.add(set);
            all = more.toArray(GenerationSet[]::new);
            for (Generation generation : leased) {
                generation.join(set);
            }
        }
        if (oldest != null) {
            oldest.close();
        }
        return set;
    }

    private static GenerationSet oldest(List<GenerationSet> sets) {
        GenerationSet oldest = sets.get(0);
        for (GenerationSet set : sets) {
            if (set.lastUsed() < oldest.lastUsed()) {
                oldest = set;
            }
        }
        return oldest;
    }

    synchronized void remove(GenerationSet set) {
        List<GenerationSet> fewer = new ArrayList<>(List.of(all));
        if (fewer.remove(set)) {
            all = fewer.toArray(GenerationSet[]::new);
        }
    }

    public int size() {
        return all.length;
    }
}
