package dev.sqlmem.cache.sqlite;

import dev.sqlmem.cache.generation.Reader;
import java.nio.charset.StandardCharsets;

/**
 * A SELECT over tables {@code t} (of several generations: under their {@link Reader#schema schemas})
 * as SQLite text, created once per plan.
 *
 * <p>It is the key under which each {@link Reader} keeps the prepared statement, by identity: two equal
 * texts are two queries.
 */
public final class ReadQuery {
    private final String sql;
    private final byte[] utf8;
    private final int parameters;

    /**
     * @param sql one statement
     * @param parameters how many parameters it has; checked when it is prepared
     */
    public ReadQuery(String sql, int parameters) {
        this.sql = sql;
        this.utf8 = sql.getBytes(StandardCharsets.UTF_8);
        this.parameters = parameters;
    }

    /** The statement's text. */
    public String sql() {
        return sql;
    }

    /** How many parameters it takes. */
    public int parameters() {
        return parameters;
    }

    public byte[] utf8() {
        return utf8;
    }

    @Override
    public String toString() {
        return sql;
    }
}
