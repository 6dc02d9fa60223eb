package dev.sqlmem.cache.sqlite;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.core.NativeDB;

/**
 * One SQLite connection to a named in-memory database (or, for a moment, a file), used by one thread at a time.
 *
 * <p>sqlite-jdbc keeps the cheap ways to bind and prepare to its own package; they are reached with
 * method handles. The database exists as long as any connection to its name is open.
 */
public final class Sqlite implements AutoCloseable {
    static final int ROW = 100;
    public static final int DONE = 101;
    public static final int CONSTRAINT = 19;
    public static final int FULL = 13;
    public static final int IOERR = 10;

    private static final AtomicInteger OPEN = new AtomicInteger();
    private static final MethodHandle PREPARE;
    private static final MethodHandle FINALIZE;
    private static final MethodHandle PARAMETERS;
    private static final MethodHandle ERROR;
    static final MethodHandle BIND_NULL;
    static final MethodHandle BIND_LONG;
    static final MethodHandle BIND_DOUBLE;
    static final MethodHandle BIND_TEXT;
    static final MethodHandle BIND_BLOB;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(NativeDB.class, MethodHandles.lookup());
            PREPARE = find(lookup, "prepare_utf8", long.class, byte[].class);
            FINALIZE = find(lookup, "finalize", int.class, long.class);
            PARAMETERS = find(lookup, "bind_parameter_count", int.class, long.class);
            ERROR = find(lookup, "errmsg", String.class);
            BIND_NULL = find(lookup, "bind_null", int.class, long.class, int.class);
            BIND_LONG = find(lookup, "bind_long", int.class, long.class, int.class, long.class);
            BIND_DOUBLE = find(lookup, "bind_double", int.class, long.class, int.class, double.class);
            BIND_TEXT = find(lookup, "bind_text_utf8", int.class, long.class, int.class, byte[].class);
            BIND_BLOB = find(lookup, "bind_blob", int.class, long.class, int.class, byte[].class);
            NativeDB.load();
        } catch (Exception e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public final NativeDB db;

    private Sqlite(NativeDB db) {
        this.db = db;
    }

    private static MethodHandle find(MethodHandles.Lookup lookup, String name, Class<?> result, Class<?>... arguments)
            throws ReflectiveOperationException {
        return lookup.findVirtual(NativeDB.class, name, MethodType.methodType(result, arguments));
    }

    /** Opens the database for its loader, creating it. */
    public static Sqlite create(String name) {
        return open("file:/" + name + "?vfs=memdb", SQLiteOpenMode.READWRITE.flag | SQLiteOpenMode.CREATE.flag);
    }

    /** Opens a finished database, which will not change any more: SQLite takes no locks on it. */
    public static Sqlite openImmutable(String name) {
        return open(immutableUri(name), SQLiteOpenMode.READONLY.flag);
    }

    /** Attaches another finished database under a schema's name. */
    public void attachImmutable(String name, String schema) {
        execute("ATTACH '" + immutableUri(name) + "' AS " + schema);
    }

    /** Names a finished database to SQLite itself. */
    public static String immutableUri(String name) {
        return "file:/" + name + "?vfs=memdb&mode=ro&immutable=1";
    }

    /** Opens a database in a file that exists. */
    public static Sqlite openFile(Path file) {
        return open(file.toUri().toString(), SQLiteOpenMode.READWRITE.flag);
    }

    private static Sqlite open(String uri, int mode) {
        try {
            NativeDB db = new NativeDB(uri, uri, new SQLiteConfig());
            db.open(uri, mode | SQLiteOpenMode.OPEN_URI.flag | SQLiteOpenMode.NOMUTEX.flag);
            OPEN.incrementAndGet();
            return new Sqlite(db);
        } catch (SQLException e) {
            throw new CacheException("cannot open " + uri, e);
        }
    }

    /** How many connections are open in this process. */
    public static int openConnections() {
        return OPEN.get();
    }

    /** Runs statements that return no rows of interest. */
    public void execute(String... statements) {
        for (String sql : statements) {
            try (Statement statement = prepare(utf8(sql))) {
                while (statement.step()) {
                    // a PRAGMA answers with a row
                }
            }
        }
    }

    /** Returns the first column of the first row. */
    public long queryLong(String sql) {
        try (Statement statement = prepare(utf8(sql))) {
            if (!statement.step()) {
                throw new CacheException(DONE, "no row from " + sql);
            }
            return statement.columnLong(0);
        }
    }

    public Statement prepare(byte[] sql) {
        try {
            return new Statement(this, (long) PREPARE.invokeExact(db, sql));
        } catch (SQLException e) {
            throw new CacheException(e.getErrorCode(), String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public static byte[] utf8(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }

    int parameters(long pointer) {
        try {
            return (int) PARAMETERS.invokeExact(db, pointer);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    void finish(long pointer) {
        try {
            int ignored = (int) FINALIZE.invokeExact(db, pointer);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Whether the last call on this connection went well: where its code got lost, its message is left. */
    public boolean isWell() {
        try {
            return "not an error".equals((String) ERROR.invokeExact(db));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    public CacheException error(int code) {
        try {
            return new CacheException(code, (String) ERROR.invokeExact(db));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static RuntimeException rethrow(Throwable e) {
        if (e instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new CacheException(String.valueOf(e.getMessage()), e);
    }

    /** Closes the connection; its statements must have been closed. */
    @Override
    public void close() {
        try {
            db.close();
        } catch (SQLException e) {
            throw new CacheException("cannot close a database", e);
        }
        OPEN.decrementAndGet();
    }
}
