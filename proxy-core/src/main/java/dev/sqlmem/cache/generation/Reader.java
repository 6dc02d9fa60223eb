package dev.sqlmem.cache.generation;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Sqlite;
import dev.sqlmem.cache.sqlite.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one {@link Generation} or to several, with the statements prepared on it.
 *
 * <p>Used by one thread at a time, and only under leases on its generations; only {@link #interrupt()}
 * may come from any thread at any time. The connection holds a read transaction from its opening to its
 * closing, which spares each statement beginning one of its own.
 */
public final class Reader {
    /** How many statements a reader keeps prepared; the least recently used are closed. */
    static final int STATEMENTS = 256;

    /** Bounds the pages a connection copies out of the shared database. Point reads were no slower with 1 MiB than with all of it. */
    static final long CACHE_BYTES = 4L << 20;

    private static final int PLAN_DETAIL = 3;

    private final Sqlite connection;
    private final Map<ReadQuery, Statement> statements = new LinkedHashMap<>(16, 0.75f, true);
    private final Object closing = new Object();
    private @Nullable ReadQuery lastQuery;
    private @Nullable Statement lastStatement;
    private boolean closed;

    /** Opens a connection to the first of these databases and attaches the others, each by {@link #schema}. */
    Reader(List<String> databases) {
        connection = Sqlite.openImmutable(databases.get(0));
        try {
            connection.execute(
                    "PRAGMA case_sensitive_like=1", "PRAGMA temp_store=2", "PRAGMA cache_size=-" + (CACHE_BYTES >> 10));
            for (int i = 1; i < databases.size(); i++) {
                connection.attachImmutable(databases.get(i), schema(i));
                connection.execute("PRAGMA " + schema(i) + ".cache_size=-" + (CACHE_BYTES >> 10));
            }
            connection.execute("BEGIN");
            for (int i = 0; i < databases.size(); i++) {
                connection.execute("SELECT 1 FROM " + schema(i) + ".t LIMIT 1");
            }
        } catch (CacheException e) {
            connection.close();
            throw e;
        }
    }

    /** The schema under which a reader of several generations knows the n-th one's table {@code t}. */
    public static String schema(int index) {
        if (index == 0) {
            return "main";
        }
        return "g" + index;
    }

    /**
     * Returns the statement for a query, preparing it the first time (about 10 µs).
     *
     * <p>It stays valid until {@value #STATEMENTS} other queries have been asked for on this reader. There
     * is one for each query: a second execution of the same query at the same time needs a second reader.
     *
     * @throws CacheException where SQLite does not accept the text
     */
    public Statement statement(ReadQuery query) {
        Statement last = lastStatement;
        if (last != null && query == lastQuery) {
            return last;
        }
        Statement statement = statements.get(query);
        if (statement == null) {
            statement = prepare(query);
        }
        lastQuery = query;
        lastStatement = statement;
        return statement;
    }

    private Statement prepare(ReadQuery query) {
        Statement statement = connection.prepare(query.utf8());
        if (statement.parameters() != query.parameters()) {
            int parameters = statement.parameters();
            statement.close();
            throw new CacheException(1, parameters + " parameters, not " + query.parameters() + ", in " + query.sql());
        }
        if (statements.size() >= STATEMENTS) {
            var eldest = statements.entrySet().iterator();
            eldest.next().getValue().close();
            eldest.remove();
        }
        statements.put(query, statement);
        return statement;
    }

    /** How SQLite would find a query's rows, step by step, in the words of its EXPLAIN QUERY PLAN; nothing is run. */
    public List<String> plan(ReadQuery query) {
        List<String> steps = new ArrayList<>();
        try (Statement explain = connection.prepare(Sqlite.utf8("EXPLAIN QUERY PLAN " + query.sql()))) {
            while (explain.step()) {
                byte[] step = explain.columnBytes(PLAN_DETAIL);
                steps.add(step == null ? "" : new String(step, StandardCharsets.UTF_8));
            }
        }
        return steps;
    }

    /**
     * Stops the statement that is running on this reader, if any: its step throws a {@link CacheException}
     * that is {@link CacheException#interrupted()}. One that comes late stops nothing, or, where the reader
     * has found another user by then, that user's statement, which then goes upstream.
     */
    public void interrupt() {
        synchronized (closing) {
            if (!closed) {
                connection.db.interrupt();
            }
        }
    }

    /** Resets whatever was left running. */
    void reset() {
        for (Statement statement : statements.values()) {
            statement.reset();
        }
    }

    void close() {
        synchronized (closing) {
            closed = true;
        }
        for (Statement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
        connection.close();
    }
}
