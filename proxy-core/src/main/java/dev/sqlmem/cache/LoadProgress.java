package dev.sqlmem.cache;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a running load is.
 *
 * @param table the table's name with its schema
 * @param rows what has come, to within a thousand
 * @param expectedRows how many rows the server's statistics promise, 0 where they are silent
 * @param bytes what has come, as COPY sends it
 * @param elapsed since the load began
 */
public record LoadProgress(String table, long rows, long expectedRows, long bytes, Duration elapsed) {

    /** The rate so far. */
    public long rowsPerSecond() {
        return rows * 1_000 / Math.max(1, elapsed.toMillis());
    }

    /** How long the rest takes at this rate, or null where nobody can tell. */
    public @Nullable Duration remaining() {
        if (rows == 0 || rows > expectedRows) {
            return null;
        }
        return Duration.ofMillis((long) ((double) (expectedRows - rows) / rows * elapsed.toMillis()));
    }

    /** All of it but the table's name, for people. */
    public String sentence() {
        Duration rest = remaining();
        String came = " rows, " + megabytes(bytes) + ", " + rowsPerSecond() + " rows/s";
        if (rest == null) {
            return rows + came;
        }
        long percent = (long) (100.0 * rows / expectedRows);
        return rows + " of about " + expectedRows + " (" + percent + "%)" + came + ", about " + span(rest) + " left";
    }

    /** An amount of data for people. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String span(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 3_600) {
            return seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
        }
        if (seconds >= 60) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds + " s";
    }
}
