package dev.sqlmem.database;

import dev.sqlmem.cache.TableRestore;
import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.cache.generation.StoredTable;
import dev.sqlmem.snapshot.CacheFile;
import dev.sqlmem.snapshot.CacheFileReader;
import dev.sqlmem.snapshot.DamagedFileException;
import dev.sqlmem.snapshot.Entry;
import dev.sqlmem.snapshot.ForeignFileException;
import dev.sqlmem.snapshot.TableKey;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tables of a cache file again, the small ones first, each after the server has been asked whether
 * it is still the same table. The rows stay as they were at their load.
 */
final class CacheRestore {
    private static final Logger LOG = LogManager.getLogger(CacheRestore.class);
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_SECONDS = 1;

    private final CacheFile file;
    private final CacheFileReader reader;
    private final List<Entry> entries;
    private final Databases databases;
    private final SaveCounters counters;
    private final Map<TableKey, TableRestore> announced = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean damaged;
    private boolean outdated;
    private boolean complete;
    private boolean over;

    private CacheRestore(CacheFile file, CacheFileReader reader, Databases databases, SaveCounters counters) {
        this.file = file;
        this.reader = reader;
        this.databases = databases;
        this.counters = counters;
        this.entries = order(reader.entries(), databases.budget().limit());
    }

    /** As many as fit into the memory of those read last, the small ones first; then the others. */
    private static List<Entry> order(List<Entry> all, long memory) {
        List<Entry> chosen = new ArrayList<>();
        List<Entry> others = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : all.stream()
                .sorted(Comparator.comparingLong((Entry each) -> each.table().lastUsed())
                        .reversed())
                .toList()) {
            if (bytes + entry.bytes() <= memory) {
                bytes += entry.bytes();
                chosen.add(entry);
            } else {
                others.add(entry);
            }
        }
        chosen.sort(Comparator.comparingLong(Entry::bytes));
        chosen.addAll(others);
        return List.copyOf(chosen);
    }

    /** Opens the file; null where there is none, or none that can be used, which is set aside then. */
    static @Nullable CacheRestore read(CacheFile file, Databases databases, SaveCounters counters) throws IOException {
        String why;
        String problem;
        try {
            CacheFileReader reader = file.read();
            if (reader == null) {
                return null;
            }
            return new CacheRestore(file, reader, databases, counters);
        } catch (ForeignFileException e) {
            why = "foreign";
            problem = String.valueOf(e.getMessage());
        } catch (DamagedFileException | RuntimeException e) {
            why = "damaged";
            problem = String.valueOf(e.getMessage());
        }
        LOG.warn("{} is not used: {}; it is now {}", file.path(), problem, file.setAside(why));
        return null;
    }

    /** Announces the tables of a database to its cache, before the database has its first user. */
    synchronized void announce(Database database) {
        if (over) {
            return;
        }
        for (Entry entry : entries) {
            if (entry.database().equals(database.name()) && reader.isLive(entry)) {
                TableRestore restore = database.tables().expect(entry.table());
                if (restore != null) {
                    announced.put(entry.key(), restore);
                }
            }
        }
    }

    /** Makes {@link #run} end after the table that it is at. */
    void stop() {
        stopped.countDown();
    }

    /**
     * Restores all tables. Returns whether a new file is wanted: this one had to be set aside, or has rows that
     * must not be used any more, which may be those that a rule keeps out of the cache.
     */
    boolean run() {
        long began = System.nanoTime();
        try {
            Set<String> existing;
            if (entries.isEmpty()) {
                existing = Set.of();
            } else {
                existing = patiently(databases::names);
            }
            for (Entry entry : entries) {
                if (stopped.getCount() == 0) {
                    return false;
                }
                if (!existing.contains(entry.database())) {
                    discard(entry, "there is no such database");
                } else {
                    restore(entry);
                }
            }
            complete = true;
            LOG.info(
                    "restored {} of {} tables from {} in {} ms",
                    counters.restoredTables(),
                    entries.size(),
                    file.path(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            if (damaged) {
                LOG.warn("{} is damaged; it is now {}", file.path(), file.setAside("damaged"));
            }
            return damaged || outdated;
        } catch (SQLException | IOException e) {
            LOG.warn("the cache is not restored further: {}", e.getMessage());
            return false;
        } finally {
            end();
        }
    }

    /** Whether every table has had its turn; asked on the thread of {@link #run}. */
    boolean isComplete() {
        return complete;
    }

    private synchronized void end() {
        over = true;
        announced.values().forEach(TableRestore::abandon);
        announced.clear();
        try {
            file.finishedReading();
        } catch (IOException e) {
            LOG.warn("a temporary file of {} could not be removed: {}", file.path(), e.getMessage());
        }
    }

    private void restore(Entry entry) {
        Database database = databases.database(entry.database());
        TableRestore restore = announced.remove(entry.key());
        if (restore == null || restore.isObsolete()) {
            discard(entry, "it has been invalidated or loaded anew since it was saved");
            if (restore != null) {
                restore.abandon();
            }
            return;
        }
        boolean over = false;
        try {
            StoredTable stored = entry.table();
            String obstacle = patiently(() -> Optional.ofNullable(database.obstacle(stored)))
                    .orElse(null);
            if (obstacle != null) {
                discard(entry, obstacle);
                return;
            }
            var pages = reader.extract(entry);
            over = true;
            Long generation = restore.complete(pages);
            if (generation == null) {
                discard(entry, "it has been invalidated meanwhile");
                return;
            }
            file.restored(entry.key(), generation);
            counters.restored();
            LOG.info(
                    "restored {} of database {}: {} rows, {}, loaded at {}, as generation {}",
                    stored.definition().qualifiedName(),
                    entry.database(),
                    stored.rows(),
                    Persistence.size(stored.bytes()),
                    stored.loadedAt(),
                    generation);
        } catch (DamagedFileException e) {
            damaged = true;
            LOG.warn("{} is damaged in {}: {}", file.path(), name(entry), e.getMessage());
            discard(entry, String.valueOf(e.getMessage()));
        } catch (LoadRefusedException | SQLException | IOException e) {
            skip(entry, String.valueOf(e.getMessage()));
        } finally {
            if (!over) {
                restore.abandon();
            }
        }
    }

    /** Not to be used again, by later processes either. */
    private void discard(Entry entry, String reason) {
        outdated = true;
        try {
            file.obsolete(entry.key());
        } catch (IOException e) {
            LOG.error("{} cannot be written: {}", file.path(), e.getMessage());
        }
        skip(entry, reason);
    }

    private void skip(Entry entry, String reason) {
        counters.discarded();
        LOG.info("{} is not restored: {}", name(entry), reason);
    }

    private static String name(Entry entry) {
        return entry.table().definition().qualifiedName() + " of database " + entry.database();
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }

    /** Asks the server; where it does not answer, a few times, since it may just be starting. */
    private <T> T patiently(Question<T> question) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return question.ask();
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isTransient(e) || isStopped()) {
                    throw e;
                }
                LOG.debug("asking again: {}", e.getMessage());
            }
        }
    }

    /** Connection failures, too many connections, a server that starts or stops. */
    private static boolean isTransient(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P0");
    }

    private boolean isStopped() {
        try {
            return stopped.await(PAUSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
