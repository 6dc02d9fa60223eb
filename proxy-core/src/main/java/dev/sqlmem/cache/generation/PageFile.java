package dev.sqlmem.cache.generation;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The pages of a generation in a file, which is an SQLite database by itself. They are copied by SQLite's
 * backup, page by page and without the heap: 1 GiB takes about a second in either direction, and every index
 * is in it as it was built.
 */
final class PageFile {
    private static final int ALL_PAGES = -1;

    private PageFile() {}

    /**
     * Writes a generation's pages, unsynced. The caller holds a lease.
     *
     * @param database the name of its in-memory database
     * @param bytes of its pages
     * @param file exists and is empty
     * @throws CacheException where it can't be written; {@link CacheException#code} says whether the disk is full
     */
    static void write(String database, long bytes, Path file) {
        try (Sqlite out = Sqlite.openFile(file)) {
            out.execute("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA locking_mode=EXCLUSIVE");
            copy(out, Sqlite.immutableUri(database));
        }
        try {
            if (Files.size(file) != bytes) {
                throw new CacheException(Sqlite.FULL, "only " + Files.size(file) + " bytes were written of " + bytes);
            }
        } catch (IOException e) {
            throw new CacheException("cannot look at " + file, e);
        }
    }

    /**
     * Reads pages into a new in-memory database.
     *
     * @param file as {@link #write} made it
     * @return the loading connection; the database is gone with the last connection
     */
    static Sqlite read(Path file, String database) {
        Sqlite in = Sqlite.create(database);
        try {
            in.execute("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-8192");
            copy(in, file.toUri() + "?mode=ro&immutable=1");
            return in;
        } catch (CacheException e) {
            in.close();
            throw e;
        }
    }

    private static void copy(Sqlite to, String from) {
        try {
            // What it returns is the state of the side that is read; that of the other, where the disk may be
            // full, SQLite leaves with its connection ("sqlite3_backup_finish").
            int code = to.db.restore("main", from, null, 0, 0, ALL_PAGES);
            CacheException failure = to.error(code);
            if (code != 0 || !to.isWell()) {
                throw failure;
            }
        } catch (SQLException e) {
            throw new CacheException(e.getErrorCode(), String.valueOf(e.getMessage()));
        }
    }
}
