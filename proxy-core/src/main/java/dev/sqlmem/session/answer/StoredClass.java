package dev.sqlmem.session.answer;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.plan.Output;
import dev.sqlmem.storage.StorageClass;
import dev.sqlmem.wire.type.NotExactException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Compares what SQLite gives with what the plan says. SQLite converts whatever is read from it: text to the
 * number 0, a sum beyond 64 bits to a rounded double. So nothing is read that has another class.
 */
final class StoredClass {
    private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);

    private StoredClass() {}

    /** Whether the value is null; throws unless it is what the plan says. */
    static boolean isNull(Statement row, int column, Output output) {
        int found = row.columnType(column);
        if (found == Statement.NULL) {
            requireNullable(column, output);
            return true;
        }
        StorageClass storage = output.codec().storage();
        if (found != expected(storage) && !(storage == StorageClass.REAL && isNotANumber(row, column, found))) {
            throw unexpected(found, column, output);
        }
        return false;
    }

    /** The text that stands for NaN. */
    private static boolean isNotANumber(Statement row, int column, int found) {
        return found == Statement.TEXT && Arrays.equals(row.columnBytes(column), NAN);
    }

    /** Throws where the plan says that there are no nulls. */
    static void requireNullable(int column, Output output) {
        if (!output.nullable()) {
            throw CacheException.surprise("a null in result column " + (column + 1));
        }
    }

    private static RuntimeException unexpected(int found, int column, Output output) {
        if (found == Statement.REAL && output.codec().storage() == StorageClass.INTEGER) {
            return new NotExactException("an integer beyond 64 bits"); // what SQLite makes of an overflow
        }
        return CacheException.surprise(name(found) + " in result column " + (column + 1) + ", not "
                + output.codec().storage());
    }

    private static int expected(StorageClass storage) {
        return switch (storage) {
            case INTEGER -> Statement.INTEGER;
            case REAL -> Statement.REAL;
            case TEXT -> Statement.TEXT;
            case BLOB -> Statement.BLOB;
        };
    }

    private static String name(int found) {
        return switch (found) {
            case Statement.INTEGER -> "INTEGER";
            case Statement.REAL -> "REAL";
            case Statement.TEXT -> "TEXT";
            default -> "BLOB";
        };
    }
}
