package dev.sqlmem.database;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.Sqlite;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Says in plain words why the cache's file cannot be written, and what to do. */
public final class SaveAdvice {
    private SaveAdvice() {}

    /** What went wrong and what to do about it. */
    static String of(Throwable failure) {
        return reason(failure) + ". " + advice(failure);
    }

    /** What went wrong. */
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof AccessDeniedException) {
            return "no permission to write " + message;
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no directory for " + message;
        }
        if (failure instanceof CacheException || failure.getClass() == IOException.class) {
            return String.valueOf(message).replaceFirst("^SQLite \\d+: ", "");
        }
        return failure.getClass().getSimpleName() + ": " + message;
    }

    /** What to do about it: a sentence. */
    public static String advice(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return "Let this user write into the directory, or name another file with --cache-db.";
        }
        if (failure instanceof NoSuchFileException) {
            return "Make the directory, or name another file with --cache-db.";
        }
        if (isFull(failure)) {
            return "Make room for the file twice, or name one on another disk with --cache-db.";
        }
        if (isUnwell(failure)) {
            return "Look at the disk, and at limits on the size of files, or name one on another disk with --cache-db.";
        }
        return "Name another file with --cache-db, or none.";
    }

    private static boolean isFull(Throwable failure) {
        if (failure instanceof CacheException sqlite) {
            return sqlite.code() == Sqlite.FULL;
        }
        String text = systemError(failure);
        return text.contains("no space left") || text.contains("quota");
    }

    private static boolean isUnwell(Throwable failure) {
        if (failure instanceof CacheException sqlite) {
            return sqlite.code() == Sqlite.IOERR;
        }
        String text = systemError(failure);
        return text.contains("i/o error") || text.contains("input/output error") || text.contains("too large");
    }

    /** The system's error, of which Java tells the text only. */
    private static String systemError(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }
}
