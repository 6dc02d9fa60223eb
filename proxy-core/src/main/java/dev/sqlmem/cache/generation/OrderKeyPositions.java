package dev.sqlmem.cache.generation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Sqlite;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.OrderKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where values lie in the orders of one generation's columns: a value that the column has at its key, another
 * one half way between those of its neighbours, once the server has been asked for them.
 *
 * <p>Thread-safe; readers are the caller's own, under a lease.
 */
public final class OrderKeyPositions {
    private static final int MOST = 4_000;
    private static final int MOST_BYTES = 1_000;

    private final Cache<Value, Double> between =
            Caffeine.newBuilder().executor(Runnable::run).maximumSize(MOST).build();
    private final Map<Integer, Queries> queries = new ConcurrentHashMap<>();

    /** A value of the column with this order key, not to be changed. */
    private record Value(int key, ByteBuffer utf8) {}

    private record Queries(ReadQuery keyOf, ReadQuery valueAt, ReadQuery last) {
        static Queries of(int key) {
            String value = "c" + OrderKey.columnOf(key);
            return new Queries(
                    new ReadQuery("SELECT c" + key + " FROM t WHERE " + value + " = ?1 LIMIT 1", 1),
                    new ReadQuery("SELECT " + value + " FROM t WHERE c" + key + " = ?1 LIMIT 1", 1),
                    new ReadQuery("SELECT max(c" + key + ") FROM t", 0));
        }
    }

    private Queries queries(int key) {
        return queries.computeIfAbsent(key, Queries::of);
    }

    /**
     * Returns a Long that is the key of the value where the column has it, a Double between two keys where it
     * is known to lie there, else null. One descent of an index.
     *
     * @param utf8 a stored value of the column's, not to be changed any more
     */
    public @Nullable Number of(Reader reader, int key, byte[] utf8) {
        Statement statement = reader.statement(queries(key).keyOf);
        statement.bindText(1, utf8);
        try {
            if (statement.step()) {
                return statement.columnLong(0);
            }
        } finally {
            statement.reset();
        }
        return between.getIfPresent(new Value(key, ByteBuffer.wrap(utf8)));
    }

    /** How many different values the column has. */
    public long count(Reader reader, int key) {
        Statement statement = reader.statement(queries(key).last);
        try {
            if (statement.step()) {
                return statement.columnLong(0);
            }
            return 0;
        } finally {
            statement.reset();
        }
    }

    /** The values at the places {@code first}, {@code first + step} ... up to {@code last}, in order. */
    public List<String> values(Reader reader, int key, long first, long last, long step) {
        List<String> values = new ArrayList<>();
        Statement statement = reader.statement(queries(key).valueAt);
        for (long place = first; place <= last; place += step) {
            statement.bindLong(1, place);
            try {
                byte[] utf8;
                if (statement.step()) {
                    utf8 = statement.columnBytes(0);
                } else {
                    utf8 = null;
                }
                if (utf8 == null) {
                    throw new CacheException(Sqlite.DONE, "no value at a place of the order");
                }
                values.add(new String(utf8, StandardCharsets.UTF_8));
            } finally {
                statement.reset();
            }
        }
        return values;
    }

    /** Whether a place for such a value would be kept. */
    public boolean mayKeep(byte[] utf8) {
        return utf8.length <= MOST_BYTES;
    }

    /** Keeps that this many of the column's values are less than a value that it does not have. */
    public void keep(int key, byte[] utf8, long less) {
        between.put(new Value(key, ByteBuffer.wrap(utf8)), less + 0.5);
    }
}
