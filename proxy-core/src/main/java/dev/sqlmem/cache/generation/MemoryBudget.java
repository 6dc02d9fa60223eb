package dev.sqlmem.cache.generation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all generations of all databases share.
 *
 * <p>A load grows its reservation before it uses the memory; where that would pass the limit, tables that
 * nobody is reading leave the cache, the least recently used first. Where that would not suffice none of them
 * leaves, and the load is refused. A load that is short of free memory is measured first, in about a megabyte that
 * is not reserved, so that nothing leaves for a part of a table. What open readers copy is counted as well but never refused, so the use can pass the
 * limit by {@value Reader#CACHE_BYTES} bytes a reader until the next load. All methods may be called from
 * any thread.
 */
public final class MemoryBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();
    private final Set<Evictable> tables = ConcurrentHashMap.newKeySet();
    private final Object evicting = new Object();

    /** A table that may have a generation in memory. */
    public interface Evictable {
        /** When its generation was last read (an arbitrary scale), or null where it has none. */
        @Nullable
        Long lastUsed();

        /** What {@link #evict} would free now: nothing where it has none or someone is reading it. */
        long idleBytes();

        /** Frees its generation on this thread unless someone is reading it. */
        boolean evict();
    }

    /** @param limit in bytes */
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** The limit in bytes. */
    public long limit() {
        return limit;
    }

    /** The bytes in use or reserved. */
    public long used() {
        return used.get();
    }

    /** How many generations had to make room so far. */
    public long evictions() {
        return evictions.get();
    }

    public void add(Evictable table) {
        tables.add(table);
    }

    public void remove(Evictable table) {
        tables.remove(table);
    }

    Reservation reserve() {
        return new Reservation();
    }

    private boolean tryAdd(long bytes) {
        for (; ; ) {
            long now = used.get();
            if (now + bytes > limit) {
                return false;
            }
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
    }

    private long idleBytes() {
        long bytes = 0;
        for (Evictable table : tables) {
            bytes += table.idleBytes();
        }
        return bytes;
    }

    /** Evicts until the bytes fit; false, and nothing has left, where they would not fit without all that is idle. */
    private boolean makeRoom(long bytes) {
        synchronized (evicting) {
            if (used.get() - idleBytes() > limit - bytes) {
                return false;
            }
            Set<Evictable> busy = ConcurrentHashMap.newKeySet();
            while (!tryAdd(bytes)) {
                Evictable victim = leastRecentlyUsed(busy);
                if (victim == null) {
                    return false;
                }
                if (victim.evict()) {
                    evictions.incrementAndGet();
                } else {
                    busy.add(victim);
                }
            }
            return true;
        }
    }

    private @Nullable Evictable leastRecentlyUsed(Set<Evictable> except) {
        Evictable oldest = null;
        long oldestUse = Long.MAX_VALUE;
        for (Evictable table : tables) {
            Long use = table.lastUsed();
            if (use != null && use < oldestUse && !except.contains(table)) {
                oldest = table;
                oldestUse = use;
            }
        }
        return oldest;
    }

    /** The memory of one generation, from the start of its load until it is freed. */
    final class Reservation implements AutoCloseable {
        private final AtomicLong held = new AtomicLong();

        private Reservation() {}

        /** Grows to {@code bytes}, evicting others where needed; false, and no change, when that can't be. */
        boolean growTo(long bytes) {
            long more = bytes - held.get();
            if (more > 0) {
                if (!tryAdd(more) && !makeRoom(more)) {
                    return false;
                }
                held.addAndGet(more);
            }
            return true;
        }

        /** Grows to {@code bytes} where so much is free; evicts nothing. */
        boolean growIfFree(long bytes) {
            long more = bytes - held.get();
            if (more > 0 && !tryAdd(more)) {
                return false;
            }
            held.addAndGet(Math.max(0, more));
            return true;
        }

        /** How much it could hold now, were all evicted that nobody is reading. */
        long most() {
            return limit - used.get() + held.get() + idleBytes();
        }

        /** Counts what is used already, or no longer. */
        void add(long bytes) {
            held.addAndGet(bytes);
            used.addAndGet(bytes);
        }

        /** Returns what is held over {@code bytes}. */
        void shrinkTo(long bytes) {
            add(Math.min(0, bytes - held.get()));
        }

        long bytes() {
            return held.get();
        }

        @Override
        public void close() {
            used.addAndGet(-held.getAndSet(0));
        }
    }
}
