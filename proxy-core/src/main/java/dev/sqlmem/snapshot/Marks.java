package dev.sqlmem.snapshot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.HashMap;
import java.util.Map;

/**
 * The marks of one cache file, which say whose data may still be used. One byte is written when a table's
 * data becomes obsolete for the first time since the file was written; the system has it when the method
 * returns, so that a killed process has said it, and the disk has it after a {@link #sync}.
 *
 * <p>Guarded by its {@link CacheFile}. A {@link RandomAccessFile}, as its writes can't be interrupted.
 */
final class Marks {
    private final RandomAccessFile file;
    private final Map<TableKey, Mark> live = new HashMap<>();
    private boolean set;

    private record Mark(int number, long generation) {}

    Marks(RandomAccessFile file) {
        this.file = file;
    }

    /** Counts on a table whose mark is on, or will be by {@link #set}. */
    void put(TableKey key, int number, long generation) {
        live.put(key, new Mark(number, generation));
    }

    /** The generation that the table now has in this process. */
    void generation(TableKey key, long generation) {
        live.computeIfPresent(key, (same, mark) -> new Mark(mark.number, generation));
    }

    /** Whether the file holds exactly these generations. */
    boolean holds(Map<TableKey, Long> generations) {
        Map<TableKey, Long> held = new HashMap<>();
        live.forEach((key, mark) -> held.put(key, mark.generation));
        return held.equals(generations);
    }

    /** Turns on the marks of all tables that are not obsolete by now. */
    void set(int marks) throws IOException {
        byte[] bytes = new byte[marks];
        live.values().forEach(mark -> bytes[mark.number] = Layout.LIVE);
        file.seek(Layout.HEADER_BYTES);
        file.write(bytes);
        set = true;
    }

    /** Says that these marks are on already. */
    void areSet() {
        set = true;
    }

    /** Turns a table's mark off; returns whether the file was changed. */
    boolean clear(TableKey key) throws IOException {
        Mark mark = live.remove(key);
        if (mark == null || !set) {
            return false;
        }
        file.seek(Layout.HEADER_BYTES + mark.number);
        file.write(0);
        return true;
    }

    void sync() throws IOException {
        file.getFD().sync();
    }

    void close() throws IOException {
        file.close();
    }
}
