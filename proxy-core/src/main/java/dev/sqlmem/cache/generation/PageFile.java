package dev.sqlmem.cache.generation;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.Sqlite;
import dev.sqlmem.cache.sqlite.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The pages of a generation in a file, which is an SQLite database by itself. They are copied by SQLite's
 * backup, page by page and without the heap: 1 GiB takes about a second in either direction, and every index
 * is in it as it was built.
 */
public final class PageFile {
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

    /**
     * Makes a generation of stored pages. Nothing leaves the cache for it.
     *
     * @throws LoadRefusedException where there is no room for it, or the pages are not those that were stored
     * @throws CacheException where the file can't be read
     */
    public static Generation generation(StoredTable stored, Path file, MemoryBudget budget)
            throws LoadRefusedException {
        long id = GenerationBuilder.numberAfter(stored.generation());
        String database = "sqlmem-" + id;
        MemoryBudget.Reservation memory = budget.reserve();
        boolean made = false;
        try {
            if (!memory.growIfFree(stored.bytes())) {
                throw new LoadRefusedException(
                        "the memory limit leaves no room for its " + (stored.bytes() >> 10) + " KiB");
            }
            try (Sqlite loader = read(file, database)) {
                check(stored, loader);
                Generation generation = new Generation(
                        id, stored.layout(), stored.contents(), database, Generation.anchor(database), memory);
                generation.comesFrom(stored.provenance());
                made = true;
                return generation;
            }
        } finally {
            if (!made) {
                memory.close();
            }
        }
    }

    private static void check(StoredTable stored, Sqlite loader) throws LoadRefusedException {
        long bytes = loader.queryLong("PRAGMA page_count") * loader.queryLong("PRAGMA page_size");
        byte[] table = Sqlite.utf8("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 't'");
        try (Statement schema = loader.prepare(table)) {
            String created;
            if (schema.step()) {
                created = text(schema);
            } else {
                created = "";
            }
            if (bytes != stored.bytes() || !created.equals(stored.layout().createTable())) {
                throw new LoadRefusedException("this version lays the table out otherwise");
            }
        }
    }

    private static String text(Statement row) {
        byte[] utf8 = row.columnBytes(0);
        if (utf8 == null) {
            return "";
        }
        return new String(utf8, StandardCharsets.UTF_8);
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
