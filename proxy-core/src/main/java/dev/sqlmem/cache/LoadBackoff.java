package dev.sqlmem.cache;

import dev.sqlmem.cache.generation.LoadFailure;
import dev.sqlmem.catalog.ColumnDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of one table is not to be tried again for a while: 60 s after the first failure (5 s where the
 * upstream failed rather than the table), twice as long after each further one, an hour at most. Guarded by
 * its table's lock.
 */
final class LoadBackoff {
    private static final int WHOLE_TABLE = 0;
    private static final long LONGEST = 3_600_000;

    private final Map<Integer, Refusal> byAttnum = new HashMap<>();

    private record Refusal(String reason, long until, long delay) {}

    /** Remembers that the table is refused. */
    void table(LoadFailure failure, long now) {
        if (failure instanceof LoadFailure.TooLarge) {
            add(WHOLE_TABLE, failure, now, 60_000);
        } else {
            add(WHOLE_TABLE, failure, now, 5_000);
        }
    }

    /** Remembers that one column is. */
    void column(ColumnDefinition column, LoadFailure failure, long now) {
        add(column.attnum(), failure, now, 60_000);
    }

    private void add(int attnum, LoadFailure failure, long now, long first) {
        Refusal before = byAttnum.get(attnum);
        long delay;
        if (before == null) {
            delay = first;
        } else {
            delay = Math.min(LONGEST, Math.max(first, before.delay * 2));
        }
        byAttnum.put(attnum, new Refusal(failure.reason(), now + delay, delay));
    }

    /** Why the table may not be loaded now, or null. */
    @Nullable
    String ofTable(long now) {
        return ofColumn(WHOLE_TABLE, now);
    }

    /** From when on the table may be loaded again; {@code now} where it may be. */
    long tableUntil(long now) {
        Refusal refusal = byAttnum.get(WHOLE_TABLE);
        if (refusal == null) {
            return now;
        }
        return Math.max(now, refusal.until);
    }

    /** Why this column may not be loaded now, or null. */
    @Nullable
    String ofColumn(int attnum, long now) {
        Refusal refusal = byAttnum.get(attnum);
        if (refusal == null || refusal.until <= now) {
            return null;
        }
        return refusal.reason;
    }

    /** Any reason that is in force, or null. */
    @Nullable
    String any(long now) {
        return byAttnum.keySet().stream()
                .sorted()
                .flatMap(attnum -> Stream.ofNullable(ofColumn(attnum, now)))
                .findFirst()
                .orElse(null);
    }

    /** A load has succeeded with these columns. */
    void loaded(Iterable<Integer> attnums) {
        byAttnum.remove(WHOLE_TABLE);
        attnums.forEach(byAttnum::remove);
    }

    void clear() {
        byAttnum.clear();
    }
}
