package dev.sqlmem.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.shape.ShapeKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * All shapes met in one database, under whatever search paths. A client that never repeats a shape must not fill
 * the memory: what is seldom asked makes room, by estimated bytes, and what it had counted goes to the {@link
 * #others}. Thread-safe; the upkeep is done by the threads that call, a few entries at a time.
 */
public final class Plans {
    private static final long LEAST_BYTES = 16L << 20;
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_SPACES = 1_000;
    private static final int MOST_DISABLED = 10_000;

    private final Cache<PlanKey, ShapeEntry> entries;
    private final Cache<String, PlanSpace> spaces = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_SPACES)
            .build();
    private final Cache<PlanKey, String> disabled = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_DISABLED)
            .build();
    private final StatementCounters others = new StatementCounters();

    /** Creates a place for plans that takes an eighth of the heap at most, and no more than 256 MB. */
    public Plans() {
        this(Math.max(LEAST_BYTES, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8)));
    }

    Plans(long bytes) {
        entries = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(bytes)
                .weigher((PlanKey key, ShapeEntry entry) -> entry.bytes())
                .evictionListener(this::evicted)
                .build();
    }

    /** The shapes under a resolved, quoted list of schemas. */
    public PlanSpace space(String searchPath) {
        PlanSpace known = spaces.getIfPresent(searchPath);
        if (known == null) {
            return spaces.get(searchPath, path -> new PlanSpace(path, this));
        }
        return known;
    }

    /** The shapes that have a place, for {@code sqlmem.statements}. */
    public Collection<ShapeEntry> entries() {
        return entries.asMap().values();
    }

    /** What was counted of the shapes that had to make room. */
    public StatementCounters others() {
        return others;
    }

    @Nullable
    ShapeEntry find(PlanKey key) {
        return entries.getIfPresent(key);
    }

    ShapeEntry add(ShapeKey shape, String searchPath, Classification classification) {
        PlanKey key = PlanKey.of(shape, searchPath);
        return entries.get(key, each -> new ShapeEntry(this, each, shape, classification));
    }

    /** Returns the entry that has this one's place: itself, again if need be, or another one made meanwhile. */
    ShapeEntry current(ShapeEntry entry) {
        return entries.asMap().compute(entry.planKey(), (key, there) -> {
            if (there != null) {
                return there;
            }
            entry.placed();
            return entry;
        });
    }

    /** Weighs an entry once more, which has got another plan. */
    void grown(ShapeEntry entry) {
        entries.asMap().computeIfPresent(entry.planKey(), (key, there) -> there);
    }

    /** Why a shape is out of the cache's hands, or null. */
    @Nullable
    String disabled(PlanKey key) {
        return disabled.getIfPresent(key);
    }

    /** Remembers that a shape is, whatever becomes of its entry. */
    void disable(PlanKey key, String reason) {
        disabled.put(key, reason);
        ShapeEntry there = entries.getIfPresent(key);
        if (there != null) {
            there.disabledElsewhere(reason);
        }
    }

    private void evicted(@Nullable PlanKey key, @Nullable ShapeEntry entry, RemovalCause cause) {
        if (entry != null) {
            entry.displaced(others);
        }
    }
}
