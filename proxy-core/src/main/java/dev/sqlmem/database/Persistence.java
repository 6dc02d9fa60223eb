package dev.sqlmem.database;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.snapshot.CacheFile;
import dev.sqlmem.snapshot.TableKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the caches of all databases in a file across restarts.
 *
 * <p>One thread of its own restores and saves, so a save that is asked for while tables are still being
 * restored waits for that. What fails is logged and counted, and never hurts the proxy. Thread-safe.
 */
public final class Persistence implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(Persistence.class);

    private final Path path;
    private final Duration interval;
    private final InstantSource clock;
    private final SaveCounters counters = new SaveCounters();
    private final ScheduledExecutorService thread;
    private final AtomicReference<@Nullable CompletableFuture<String>> asked = new AtomicReference<>();
    private final AtomicBoolean syncing = new AtomicBoolean();
    private volatile @Nullable CacheFile file;
    private volatile @Nullable CacheRestore restore;
    private volatile @Nullable Databases databases;
    private volatile boolean started;
    private volatile @Nullable String problem;

    /**
     * @param interval how often the file is written, zero for never unless asked or closed
     */
    public Persistence(Path path, Duration interval, InstantSource clock) {
        this.path = path;
        this.interval = interval;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "sqlmem-cache-db");
            made.setDaemon(true);
            return made;
        });
    }

    /** The counters for {@code sqlmem.stats}. */
    public SaveCounters counters() {
        return counters;
    }

    /**
     * Reads what is in the file, but no rows. To be called before the first client can come, so that no write
     * of a client's can go unnoticed by a table that is yet to be restored.
     */
    public void open(Databases all) {
        databases = all;
        try {
            CacheFile opened = CacheFile.open(path, clock);
            file = opened;
            restore = CacheRestore.read(opened, all, counters);
        } catch (IOException e) {
            problem = "the cache cannot be kept at " + path + ": " + SaveAdvice.of(e);
            LOG.warn(problem);
        }
    }

    /** Why the file cannot be used, or could not be written at the last try; null if it could. */
    public @Nullable String problem() {
        return problem;
    }

    /** Begins to restore the tables, and to save from time to time. */
    public void start() {
        started = true;
        thread.execute(this::restore);
        if (interval.toMillis() > 0) {
            long millis = interval.toMillis();
            thread.scheduleWithFixedDelay(this::saveQuietly, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Takes in a database at its first use: its tables in the file are announced to its cache. */
    void opened(Database database) {
        String name = database.name();
        database.tables().whenObsolete(oid -> obsolete(new TableKey(name, oid)));
        CacheRestore running = restore;
        if (running != null) {
            running.announce(database);
        }
    }

    private void restore() {
        CacheRestore running = restore;
        if (running == null) {
            return;
        }
        try {
            if (running.run()) {
                saveQuietly(true);
            }
        } catch (RuntimeException e) {
            LOG.error("the cache could not be restored: {}", SaveAdvice.reason(e), e);
        } finally {
            restore = null;
        }
    }

    private void obsolete(TableKey key) {
        CacheFile now = file;
        if (now == null) {
            return;
        }
        try {
            if (now.obsolete(key) && syncing.compareAndSet(false, true)) {
                thread.execute(() -> sync(now));
            }
        } catch (RejectedExecutionException closing) {
            // The system has the mark; only a loss of power could lose it.
        } catch (IOException e) {
            LOG.error("{} cannot be kept true, so it is removed: {}", now.path(), SaveAdvice.reason(e));
            remove(now);
        }
    }

    private void sync(CacheFile now) {
        syncing.set(false);
        try {
            now.sync();
        } catch (IOException e) {
            LOG.error("{} cannot be written, so it is removed: {}", now.path(), SaveAdvice.reason(e));
            remove(now);
        }
    }

    private static void remove(CacheFile now) {
        try {
            Files.deleteIfExists(now.path());
        } catch (IOException e) {
            LOG.error("{} could not be removed, and must not be used again: {}", now.path(), SaveAdvice.reason(e));
        }
    }

    /**
     * Saves the caches now, after what is being restored or saved already.
     *
     * @return completes when the file is on the disk, with a sentence for people; exceptionally with an
     *     IOException where that could not be
     */
    public CompletableFuture<String> save() {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> queued = asked.updateAndGet(before -> before == null ? mine : before);
        if (queued == mine) {
            try {
                thread.execute(() -> {
                    asked.set(null);
                    answer(mine);
                });
            } catch (RejectedExecutionException e) {
                asked.set(null);
                mine.completeExceptionally(new IOException("the proxy is stopping"));
            }
        }
        if (queued == null) {
            return mine;
        }
        return queued;
    }

    private void answer(CompletableFuture<String> asker) {
        try {
            asker.complete(saveNow(false));
        } catch (IOException | RuntimeException e) {
            asker.completeExceptionally(e);
        }
    }

    private void saveQuietly() {
        saveQuietly(false);
    }

    private void saveQuietly(boolean anyhow) {
        try {
            saveNow(anyhow);
        } catch (IOException | RuntimeException e) {
            LOG.debug("no save", e); // has been logged and counted
        }
    }

    /** @param anyhow whether to write the file even if it has all that it would get */
    private String saveNow(boolean anyhow) throws IOException {
        Databases all = databases;
        if (all == null) {
            throw new IOException("the proxy is starting");
        }
        Map<TableKey, Long> tables = storable(all);
        if (tables.isEmpty() && file == null) {
            return "nothing to save: no table is cached";
        }
        long began = System.nanoTime();
        try {
            CacheFile to = file();
            if (!anyhow && to.holds(tables)) {
                return "nothing to save: " + to.path() + " has " + tables(tables.size()) + " already";
            }
            CacheFile.Saved saved = to.save(tables, (key, pages) -> {
                try {
                    return all.database(key.database()).tables().store(key.oid(), pages);
                } catch (CacheException e) {
                    throw new IOException(e.getMessage(), e);
                }
            });
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            counters.saved(clock.instant(), saved.bytes(), millis);
            problem = null;
            String done = "saved " + tables(saved.tables()) + ", " + size(saved.bytes());
            LOG.info("{} to {} in {} ms", done, to.path(), millis);
            return done;
        } catch (IOException | RuntimeException e) {
            counters.failed();
            problem = "the cache could not be saved to " + path + ": " + SaveAdvice.of(e)
                    + " What was saved before is still there.";
            LOG.error(problem);
            throw e;
        }
    }

    private CacheFile file() throws IOException {
        CacheFile known = file;
        if (known != null) {
            return known;
        }
        CacheFile opened = CacheFile.open(path, clock);
        file = opened;
        return opened;
    }

    private static Map<TableKey, Long> storable(Databases databases) {
        Map<TableKey, Long> tables = new HashMap<>();
        for (Database database : databases.opened()) {
            database.tables()
                    .storable()
                    .forEach((oid, generation) -> tables.put(new TableKey(database.name(), oid), generation));
        }
        return tables;
    }

    private static String tables(int count) {
        return count + (count == 1 ? " table" : " tables");
    }

    static String size(long bytes) {
        if (bytes < 1_000_000) {
            return (bytes + 999) / 1_000 + " kB";
        }
        if (bytes < 10_000_000) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
        return (bytes + 500_000) / 1_000_000 + " MB";
    }

    /**
     * Saves a last time, unless tables are still to be restored: then the file is as good as it was. No client
     * may be left that could write.
     */
    @Override
    public void close() {
        CacheRestore running = restore;
        if (running != null) {
            running.stop();
        }
        try {
            thread.submit(() -> {
                        if (started && (running == null || running.isComplete())) {
                            saveQuietly();
                        }
                        closeFile();
                    })
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RejectedExecutionException e) {
            LOG.error("the cache could not be saved: {}", SaveAdvice.reason(e));
        }
        thread.shutdown();
    }

    private void closeFile() {
        CacheFile last = file;
        file = null;
        if (last == null) {
            return;
        }
        try {
            last.close();
        } catch (IOException e) {
            LOG.warn("{} could not be closed: {}", path, SaveAdvice.reason(e));
        }
    }
}
