package dev.sqlmem.cache;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The tables that answer nobody from the cache for the moment: a commit of a write to them is under way, so that the
 * server may show the new rows to those who ask it already, or they are locked against readers.
 *
 * <p>A barrier is raised before the message leaves that may commit, and lowered once it is known what has become of
 * it and {@link TableCache#invalidate} has been called where rows may have changed. Loads go on behind a barrier;
 * that invalidation makes them useless, too. Thread-safe; while no barrier is up, asking is one volatile read.
 */
public final class CommitBarriers {
    /** The reason for a barrier around a commit, for people. */
    public static final String COMMIT = "a write to it is being committed";

    /** The reason for a barrier around a lock that readers wait for, for people. */
    public static final String LOCK = "it is locked in an open transaction";

    private final Map<Long, Raised> tables = new ConcurrentHashMap<>();
    private final AtomicInteger everything = new AtomicInteger();
    private final AtomicInteger up = new AtomicInteger();

    private record Raised(int count, String reason) {}

    /** One that is up, until it is lowered; both by any thread. */
    public final class Barrier {
        private final @Nullable Set<Long> oids;
        private final AtomicBoolean lowered = new AtomicBoolean();

        private Barrier(@Nullable Set<Long> oids) {
            this.oids = oids;
        }

        /** Whether it is around all tables. */
        public boolean isAroundEverything() {
            return oids == null;
        }

        /** Lowers it; once more changes nothing. */
        public void lower() {
            if (!lowered.compareAndSet(false, true)) {
                return;
            }
            if (oids == null) {
                everything.decrementAndGet();
            } else {
                oids.forEach(CommitBarriers.this::release);
            }
            up.decrementAndGet();
        }
    }

    /** Raises a barrier around these tables; when this has returned, no lease is given. */
    public Barrier raise(Collection<Long> tableOids, String reason) {
        Barrier barrier = new Barrier(Set.copyOf(tableOids));
        for (Long oid : tableOids) {
            tables.merge(oid, new Raised(1, reason), (known, added) -> new Raised(known.count + 1, known.reason));
        }
        up.incrementAndGet(); // last: who sees it finds the tables
        return barrier;
    }

    /** The same around every table of the database, those of later times included. */
    public Barrier raiseAroundEverything() {
        Barrier barrier = new Barrier(null);
        everything.incrementAndGet();
        up.incrementAndGet();
        return barrier;
    }

    private void release(Long oid) {
        tables.computeIfPresent(oid, (same, known) -> {
            if (known.count == 1) {
                return null;
            }
            return new Raised(known.count - 1, known.reason);
        });
    }

    /** Whether the table answers nobody now. */
    public boolean isUp(long tableOid) {
        return reason(tableOid) != null;
    }

    /** Why the table answers nobody now, or null where it does. */
    @Nullable
    String reason(long tableOid) {
        if (up.get() == 0) {
            return null;
        }
        Raised raised = tables.get(tableOid);
        if (raised != null) {
            return raised.reason;
        }
        if (everything.get() != 0) {
            return COMMIT;
        }
        return null;
    }

    /** How many are up. */
    public int count() {
        return up.get();
    }
}
