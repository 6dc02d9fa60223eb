package dev.sqlmem.database;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the system catalogs for changes of names, definitions and rights, by a fingerprint read every
 * {@link #PERIOD_MILLIS}. A change made elsewhere counts for cached answers after that time at most, or
 * the watch is {@link #isLost} and nothing is answered from the cache. Thread-safe.
 */
final class CatalogWatch {
    /** How often the fingerprint is read. */
    static final long PERIOD_MILLIS = 2_000;

    /** After this long without a fingerprint nothing is certain any more. */
    static final long LOST_AFTER_SECONDS = 10;

    /** Each name is part of the question, and clients choose them: they may ask for what isn't there. */
    private static final int MOST_NAMES = 10_000;

    private static final long LOST_AFTER_NANOS = LOST_AFTER_SECONDS * 1_000_000_000L;

    /** Reads the fingerprint over relations of these names. */
    interface Fingerprints {
        String read(Collection<String> relationNames) throws SQLException;
    }

    private final Fingerprints fingerprints;
    private final LongSupplier ticker;
    private final int mostNames;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final AtomicInteger epoch = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger detected = new AtomicInteger();
    private volatile long seenAt;
    private volatile boolean everSeen;
    private volatile @Nullable String problem;
    private @Nullable String last;

    CatalogWatch(Fingerprints fingerprints, LongSupplier ticker) {
        this(fingerprints, ticker, MOST_NAMES);
    }

    CatalogWatch(Fingerprints fingerprints, LongSupplier ticker, int mostNames) {
        this.fingerprints = fingerprints;
        this.ticker = ticker;
        this.mostNames = mostNames;
    }

    /**
     * Watches relations of this name from now on. Comes before the name is resolved, so that no change
     * can fall between. Asks the server when the name is new. Where there are too many names, all are forgotten
     * and a new epoch begins, as though anything had changed: what still counts is asked for, and watched, again.
     */
    void watch(String relationName) throws SQLException {
        if (names.contains(relationName)) {
            return;
        }
        synchronized (this) {
            look();
            if (names.size() >= mostNames) {
                names.clear(); // before the new epoch, in which somebody may ask whether a name is watched
                anythingChanged();
            }
            names.add(relationName);
            last = fingerprints.read(Set.copyOf(names));
        }
    }

    /** The current epoch; grows with each change. */
    int epoch() {
        return epoch.get();
    }

    /** Starts a new epoch because of a change that the proxy itself has relayed. */
    void changed() {
        epoch.incrementAndGet();
    }

    /** How often the fingerprint was another than before. */
    int changes() {
        return changes.get();
    }

    private static String reach(String fingerprint) {
        return fingerprint.substring(fingerprint.indexOf('/') + 1);
    }

    /** How often the part of the fingerprint was another than before that is about what writes reach. */
    int detected() {
        return detected.get();
    }

    /** Whether too long has passed since the catalogs were last seen. */
    boolean isLost() {
        return !everSeen || ticker.getAsLong() - seenAt > LOST_AFTER_NANOS;
    }

    /** Reads the fingerprint once; a new epoch begins where it is another than before. */
    synchronized void look() throws SQLException {
        long lookedAt = ticker.getAsLong();
        String now = read();
        String before = last;
        last = now;
        if (before != null && !now.equals(before)) {
            if (!reach(now).equals(reach(before))) {
                detected.incrementAndGet();
            }
            changes.incrementAndGet();
            epoch.incrementAndGet();
        }
        seenAt = lookedAt;
        everSeen = true;
    }

    private void anythingChanged() {
        detected.incrementAndGet();
        changes.incrementAndGet();
        epoch.incrementAndGet();
    }

    private String read() throws SQLException {
        try {
            String read = fingerprints.read(Set.copyOf(names));
            problem = null;
            return read;
        } catch (SQLException e) {
            problem = String.valueOf(e.getMessage());
            throw e;
        }
    }

    /** How long ago the catalogs were last seen, in milliseconds; null: never. */
    @Nullable
    Long seenMillisAgo() {
        if (everSeen) {
            return Math.max(0, ticker.getAsLong() - seenAt) / 1_000_000;
        }
        return null;
    }

    /** What the last try to read the fingerprint came to where it failed, or null. */
    @Nullable
    String problem() {
        return problem;
    }
}
