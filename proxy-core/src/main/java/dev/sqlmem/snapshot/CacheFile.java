package dev.sqlmem.snapshot;

import dev.sqlmem.cache.generation.StoredTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cache file of a proxy, which nobody else may use meanwhile.
 *
 * <p>A save goes to a new file beside it, which takes its place by a renaming once it is on the disk: whoever
 * is killed at any moment leaves one whole file or the other. {@link #obsolete} may be called from any thread
 * and waits for no save; all else is for one thread.
 */
public final class CacheFile implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path path;
    private final Path fresh;
    private final Path pages;
    private final InstantSource clock;
    private final FileChannel lock;

    // Guarded by this:
    private @Nullable Marks current;
    private @Nullable Marks next;

    /** Writes a table's current generation to an empty file; null where there is none. */
    @FunctionalInterface
    public interface Source {
        /** Returns what belongs to the pages. */
        @Nullable
        StoredTable store(TableKey key, Path pages) throws IOException;
    }

    private CacheFile(Path path, InstantSource clock, FileChannel lock) {
        this.path = path;
        this.fresh = beside(path, ".new");
        this.pages = beside(path, ".pages");
        this.clock = clock;
        this.lock = lock;
    }

    /**
     * Takes possession of the place of a cache file and removes what a killed process has left beside it.
     *
     * @param path where the file is or will be; a symbolic link leads to its target
     * @throws IOException where the directory can't be written, the path is a directory, or another process has it
     */
    public static CacheFile open(Path path, InstantSource clock) throws IOException {
        Path place;
        if (Files.isSymbolicLink(path)) {
            place = path.toRealPath();
        } else {
            place = path.toAbsolutePath();
        }
        if (Files.isDirectory(place)) {
            throw new IOException(place + " is a directory");
        }
        Path guard = beside(place, ".lock");
        PrivateFiles.createIfMissing(guard);
        FileChannel lock = FileChannel.open(guard, StandardOpenOption.WRITE);
        FileLock locked = null;
        try {
            locked = lock.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            // as below
        } finally {
            if (locked == null) {
                lock.close();
            }
        }
        if (locked == null) {
            throw new IOException("another SQLmem uses " + place + "; give each its own --cache-db");
        }
        CacheFile file = new CacheFile(place, clock, lock);
        Files.deleteIfExists(file.fresh);
        Files.deleteIfExists(file.pages);
        return file;
    }

    private static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    /** Where the file is. */
    public Path path() {
        return path;
    }

    /**
     * Opens the file that is there, if one is; its marks are kept from now on.
     *
     * @throws DamagedFileException where it is not as it was written
     * @throws ForeignFileException where it is not of this version of SQLmem
     */
    public synchronized @Nullable CacheFileReader read() throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            CacheFileReader reader = new CacheFileReader(file, pages);
            Marks marks = new Marks(file);
            marks.areSet();
            for (Entry entry : reader.entries()) {
                if (reader.isLive(entry)) {
                    marks.put(entry.key(), entry.mark(), -1);
                }
            }
            current = marks;
            return reader;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Ends the use of what {@link #read} gave, and removes the pages that were extracted. */
    public void finishedReading() throws IOException {
        Files.deleteIfExists(pages);
    }

    /** Puts the file out of the way, for people to look at: returns its new name. */
    public Path setAside(String why) throws IOException {
        Path aside = beside(path, "." + why + "-" + STAMP.format(clock.instant()));
        Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        return aside;
    }

    /** Takes back what the file says of a table; returns whether there was something, which a {@link #sync} makes lasting. */
    public synchronized boolean obsolete(TableKey key) throws IOException {
        boolean changed = next != null && next.clear(key);
        return (current != null && current.clear(key)) || changed;
    }

    /** Says which generation of this process has been made of a table in the file. */
    public synchronized void restored(TableKey key, long generation) {
        if (current != null) {
            current.generation(key, generation);
        }
    }

    /** Whether a save of these generations would change nothing. */
    public synchronized boolean holds(Map<TableKey, Long> generations) {
        return current != null && Files.exists(path) && current.holds(generations);
    }

    /** Puts what has been taken back on the disk. */
    public void sync() throws IOException {
        Marks marks;
        synchronized (this) {
            marks = current;
        }
        if (marks != null) {
            marks.sync();
        }
    }

    /**
     * What a save has written.
     *
     * @param tables how many
     * @param bytes the size of the file
     */
    public record Saved(int tables, long bytes) {}

    /**
     * Writes the tables to a new file and puts it in the place of the former one. What becomes obsolete while
     * this goes on is taken back in both. On failure the former file stays.
     */
    public Saved save(Map<TableKey, Long> tables, Source source) throws IOException {
        PrivateFiles.create(fresh);
        RandomAccessFile file = new RandomAccessFile(fresh.toFile(), "rw");
        Marks marks = new Marks(file);
        boolean done = false;
        try {
            int count = write(file, marks, tables, source);
            file.getFD().sync();
            long bytes = file.length();
            replace(marks);
            done = true;
            PrivateFiles.syncDirectory(directory());
            return new Saved(count, bytes);
        } finally {
            if (!done) {
                abandon(file);
            }
            Files.deleteIfExists(pages);
        }
    }

    private Path directory() {
        Path parent = path.getParent();
        if (parent == null) {
            return path.toAbsolutePath().getRoot();
        }
        return parent;
    }

    private int write(RandomAccessFile file, Marks marks, Map<TableKey, Long> tables, Source source)
            throws IOException {
        CacheFileWriter writer = new CacheFileWriter(file, tables.size());
        synchronized (this) {
            next = marks;
        }
        int number = 0;
        int count = 0;
        for (TableKey key : tables.keySet()) {
            PrivateFiles.create(pages);
            synchronized (this) {
                marks.put(key, number, -1); // before its generation is looked for: from here on it can be taken back
            }
            StoredTable stored = source.store(key, pages);
            synchronized (this) {
                if (stored == null) {
                    marks.clear(key);
                } else {
                    marks.generation(key, stored.generation());
                }
            }
            if (stored != null) {
                writer.add(key, number, stored, pages);
                count++;
            }
            number++;
        }
        writer.finish();
        synchronized (this) {
            marks.set(number);
        }
        return count;
    }

    private synchronized void replace(Marks marks) throws IOException {
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Marks former = current;
        current = marks;
        next = null;
        if (former != null) {
            former.close();
        }
    }

    private void abandon(RandomAccessFile file) throws IOException {
        synchronized (this) {
            next = null;
        }
        file.close();
        Files.deleteIfExists(fresh);
    }

    /** Gives the place up. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (current != null) {
                current.close();
                current = null;
            }
        }
        lock.close();
    }
}
