package dev.sqlmem.admin;

import dev.sqlmem.catalog.TableName;
import dev.sqlmem.database.Database;
import dev.sqlmem.sql.classify.QualifiedName;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a person does with the cache of a database. Tables are named as in SQL: {@code orders}, {@code
 * public.orders}, {@code "Odd.Name"}. Without a database or a name nothing happens. Thread-safe.
 */
public final class CacheControl {
    private CacheControl() {}

    /** Drops the tables of this name; returns how many there were that held rows or were being loaded. */
    public static long invalidate(@Nullable Database database, @Nullable String table) {
        if (database == null || table == null) {
            return 0;
        }
        TableName name = QualifiedName.parse(table);
        return database.tables().invalidateNamed(name.schema(), name.name());
    }

    /** Drops all tables; returns how many there were that held rows or were being loaded. */
    public static long invalidateAll(@Nullable Database database) {
        if (database == null) {
            return 0;
        }
        return database.tables().invalidateAll();
    }

    /** Loads the tables of this name afresh; completes when that has ended, with how many there were. */
    public static CompletableFuture<Integer> refresh(@Nullable Database database, @Nullable String table) {
        if (database == null || table == null) {
            return CompletableFuture.completedFuture(0);
        }
        TableName name = QualifiedName.parse(table);
        return database.refresh(name.schema(), name.name());
    }
}
