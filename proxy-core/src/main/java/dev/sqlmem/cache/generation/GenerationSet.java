package dev.sqlmem.cache.generation;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Generations of several tables that statements read together, through connections that are attached to
 * all of their databases.
 *
 * <p>Shared by all statements over the same generations; a statement holds a lease on each generation, and
 * only then asks for readers. Readers at rest hold no lease, but they do hold the databases' memory: so the
 * first generation that is freed closes them before it lets go of its own database. Nobody reads at that
 * moment, since a reader is out only under leases on all generations, that one included. A set that has
 * been closed to make room for others can still be read; its readers are closed when they come back.
 */
public final class GenerationSet implements Leased {
    /** SQLite as sqlite-jdbc builds it would attach 125 databases, but each brings a page cache to each reader. */
    public static final int MOST_TABLES = 32;

    private static final int IDLE_READERS = 4;

    private final List<Generation> generations;
    private final GenerationSets home;
    private final AtomicReferenceArray<@Nullable Reader> idle = new AtomicReferenceArray<>(IDLE_READERS);
    private volatile boolean closed;
    private volatile long lastUsed;

    GenerationSet(List<Generation> generations, GenerationSets home) {
        this.generations = List.copyOf(generations);
        this.home = home;
    }

    @Override
    public List<Generation> generations() {
        return generations;
    }

    @SuppressWarnings("ReferenceEquality") // a generation is equal to itself only
    boolean isOf(Generation[] others) {
        if (others.length != generations.size()) {
            return false;
        }
        for (int i = 0; i < others.length; i++) {
            if (generations.get(i) != others[i]) {
                return false;
            }
        }
        return true;
    }

    void used(long now) {
        if (lastUsed != now) {
            lastUsed = now;
        }
    }

    long lastUsed() {
        return lastUsed;
    }

    @Override
    public Reader inlineReader(int slot) {
        return take(slot);
    }

    @Override
    public void giveBackInline(int slot, Reader reader) {
        keep(slot, reader);
    }

    @Override
    public Reader borrow() {
        return take(IDLE_READERS - 1);
    }

    @Override
    public void giveBack(Reader reader) {
        reader.reset();
        keep(IDLE_READERS - 1, reader);
    }

    /** Looks from one place on, so that a loop mostly finds the reader that knows its statements. */
    private Reader take(int from) {
        for (int i = 0; i < IDLE_READERS; i++) {
            Reader reader = idle.getAndSet((from + i) % IDLE_READERS, null);
            if (reader != null) {
                return reader;
            }
        }
        return open();
    }

    private void keep(int from, Reader reader) {
        for (int i = 0; i < IDLE_READERS && !closed; i++) {
            if (idle.compareAndSet((from + i) % IDLE_READERS, null, reader)) {
                if (closed) {
                    closeIdle();
                }
                return;
            }
        }
        close(reader);
    }

    private Reader open() {
        Reader reader =
                new Reader(generations.stream().map(Generation::database).toList());
        generations.forEach(each -> each.countReader(1));
        return reader;
    }

    private void close(Reader reader) {
        reader.close();
        generations.forEach(each -> each.countReader(-1));
    }

    private void closeIdle() {
        for (int i = 0; i < IDLE_READERS; i++) {
            Reader reader = idle.getAndSet(i, null);
            if (reader != null) {
                close(reader);
            }
        }
    }

    /** Closes what is at rest, now and from now on. Can be called again. */
    synchronized void close() {
        closed = true;
        closeIdle();
        home.remove(this);
        generations.forEach(each -> each.leave(this));
    }

    @Override
    public boolean tryAcquire() {
        for (int i = 0; i < generations.size(); i++) {
            if (!generations.get(i).tryAcquire()) {
                generations.subList(0, i).forEach(Generation::release);
                return false;
            }
        }
        return true;
    }

    @Override
    public long bytes() {
        return generations.stream().mapToLong(Generation::bytes).sum();
    }

    @Override
    public void release() {
        for (Generation generation : generations) {
            generation.release();
        }
    }
}
