package dev.sqlmem.cache.generation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one generation's database: one for each event loop that reads it, and those that workers
 * borrow. Thread-safe, under leases on the generation.
 */
final class Readers {
    private static final int IDLE = 4;

    private final String database;
    private final IntConsumer count;
    private final Object lock = new Object();
    private final Set<Reader> open = new HashSet<>();
    private final ArrayDeque<Reader> idle = new ArrayDeque<>();
    private volatile @Nullable Reader[] inline = new Reader[0];

    /** @param count is told how many more there are, or fewer */
    Readers(String database, IntConsumer count) {
        this.database = database;
        this.count = count;
    }

    /** The reader of one event loop, opened at its first use; the loop's own from then on. */
    Reader inline(int slot) {
        @Nullable Reader[] slots = inline;
        if (slot < slots.length) {
            Reader reader = slots[slot];
            if (reader != null) {
                return reader;
            }
        }
        synchronized (lock) {
            Reader reader = open();
            slots = Arrays.copyOf(inline, Math.max(inline.length, slot + 1));
            slots[slot] = reader;
            inline = slots;
            return reader;
        }
    }

    Reader borrow() {
        synchronized (lock) {
            Reader reader = idle.pollFirst();
            if (reader == null) {
                return open();
            }
            return reader;
        }
    }

    void giveBack(Reader reader) {
        reader.reset();
        synchronized (lock) {
            if (idle.size() < IDLE) {
                idle.addFirst(reader);
                return;
            }
            open.remove(reader);
        }
        close(reader);
    }

    private Reader open() {
        Reader reader = new Reader(List.of(database));
        open.add(reader);
        count.accept(1);
        return reader;
    }

    private void close(Reader reader) {
        reader.close();
        count.accept(-1);
    }

    /** Closes all of them, when nobody reads any more. */
    void close() {
        synchronized (lock) {
            open.forEach(this::close);
            open.clear();
            idle.clear();
        }
    }
}
