package dev.sqlmem.cache.generation;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.Sqlite;
import dev.sqlmem.cache.sqlite.Statement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Makes generations of pages that an earlier process has stored. */
public final class StoredPages {
    private StoredPages() {}

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
            try (Sqlite loader = PageFile.read(file, database)) {
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
}
