package dev.sqlmem.database;

import dev.sqlmem.cache.sqlite.CacheException;
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
        String lower = reason(failure).toLowerCase(Locale.ROOT);
        if (lower.contains("disk is full") || lower.contains("no space left") || lower.contains("quota")) {
            return "Make room for the file twice, or name one on another disk with --cache-db.";
        }
        if (lower.contains("i/o error") || lower.contains("too large")) {
            return "Look at the disk, and at limits on the size of files, or name one on another disk with --cache-db.";
        }
        if (failure instanceof AccessDeniedException) {
            return "Let this user write into the directory, or name another file with --cache-db.";
        }
        if (failure instanceof NoSuchFileException) {
            return "Make the directory, or name another file with --cache-db.";
        }
        return "Name another file with --cache-db, or none.";
    }
}
