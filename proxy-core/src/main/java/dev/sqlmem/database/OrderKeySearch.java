package dev.sqlmem.database;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.OrderKeyPositions;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Finds where values that a column does not have lie in its order. The server is asked to compare the value
 * with some of the column's, twice: no table is read, so that a change of data is no matter. Thread-safe.
 */
final class OrderKeySearch {
    private static final Logger LOG = LogManager.getLogger(OrderKeySearch.class);

    /** What waits beyond this is asked for when it is wanted again. */
    private static final int MOST_WAITING = 64;

    private final ServiceDatabase service;
    private final Executor executor;
    private final Set<Wanted> waiting = ConcurrentHashMap.newKeySet();

    private record Wanted(long generation, int key, ByteBuffer utf8) {}

    OrderKeySearch(ServiceDatabase service, Executor executor) {
        this.service = service;
        this.executor = executor;
    }

    /** Begins to look for a value's place, which the generation will know then; it is under a lease of the caller's. */
    void locate(Generation generation, int key, byte[] utf8) {
        Wanted wanted = new Wanted(generation.id(), key, ByteBuffer.wrap(utf8));
        if (!generation.places().mayKeep(utf8) || waiting.size() >= MOST_WAITING || !waiting.add(wanted)) {
            return;
        }
        if (!generation.tryAcquire()) { // it has been retired meanwhile
            waiting.remove(wanted);
            return;
        }
        try {
            executor.execute(() -> {
                try {
                    find(generation, key, utf8);
                } finally {
                    generation.release();
                    waiting.remove(wanted);
                }
            });
        } catch (RejectedExecutionException stopped) {
            generation.release();
            waiting.remove(wanted);
        }
    }

    private void find(Generation generation, int key, byte[] utf8) {
        Reader reader = generation.borrow();
        try {
            String value = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            generation.places().keep(key, utf8, less(generation, reader, key, value));
        } catch (CharacterCodingException | SQLException e) {
            LOG.debug("the place of a value was not found: {}", e.getMessage());
        } finally {
            generation.giveBack(reader);
        }
    }

    /** How many of the column's values are less. */
    private long less(Generation generation, Reader reader, int key, String value) throws SQLException {
        OrderKeyPositions places = generation.places();
        ColumnDefinition column = generation.table().column(OrderKey.columnOf(key));
        long count = places.count(reader, key);
        long step = (long) Math.ceil(Math.sqrt((double) count));
        if (count == 0) {
            return 0;
        }
        List<String> coarse = places.values(reader, key, step, count, step);
        long from = step * countLess(column, coarse, value);
        List<String> fine = places.values(reader, key, from + 1, Math.min(count, from + step - 1), 1);
        return from + countLess(column, fine, value);
    }

    private long countLess(ColumnDefinition column, List<String> values, String value) throws SQLException {
        if (values.isEmpty()) {
            return 0;
        }
        return service.countLess(column, values, value);
    }
}
