package dev.sqlmem.cache.sqlite;

import dev.sqlmem.cache.generation.Reader;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.NativeDB;

/**
 * A prepared statement on one connection, used by one thread at a time.
 *
 * <p>Bind (parameters count from 1, columns from 0), {@link #step()} until it returns false, {@link
 * #reset()}. Bindings outlive a reset. Every method throws {@link CacheException} where SQLite does not
 * return success. Column methods are only allowed after a step that returned true.
 */
public final class Statement implements AutoCloseable {
    /** The storage classes, as {@link #columnType} returns them. */
    public static final int INTEGER = 1;

    /** A double. */
    public static final int REAL = 2;

    /** UTF-8 text. */
    public static final int TEXT = 3;

    /** Bytes. */
    public static final int BLOB = 4;

    /** SQL null. */
    public static final int NULL = 5;

    private final Sqlite connection;
    private final NativeDB db;
    private final long pointer;
    private boolean running;

    Statement(Sqlite connection, long pointer) {
        this.connection = connection;
        this.db = connection.db;
        this.pointer = pointer;
    }

    /** Binds an integer. */
    public void bindLong(int parameter, long value) {
        try {
            check((int) Sqlite.BIND_LONG.invokeExact(db, pointer, parameter, value));
        } catch (Throwable e) {
            throw Sqlite.rethrow(e);
        }
    }

    /** Binds text, given as UTF-8; SQLite copies it. */
    public void bindText(int parameter, byte[] utf8) {
        try {
            check((int) Sqlite.BIND_TEXT.invokeExact(db, pointer, parameter, utf8));
        } catch (Throwable e) {
            throw Sqlite.rethrow(e);
        }
    }

    /** Binds bytes; SQLite copies them. */
    public void bindBlob(int parameter, byte[] value) {
        try {
            check((int) Sqlite.BIND_BLOB.invokeExact(db, pointer, parameter, value));
        } catch (Throwable e) {
            throw Sqlite.rethrow(e);
        }
    }

    /** Binds a double. */
    public void bindDouble(int parameter, double value) {
        try {
            check((int) Sqlite.BIND_DOUBLE.invokeExact(db, pointer, parameter, value));
        } catch (Throwable e) {
            throw Sqlite.rethrow(e);
        }
    }

    /** Binds a null. */
    public void bindNull(int parameter) {
        try {
            check((int) Sqlite.BIND_NULL.invokeExact(db, pointer, parameter));
        } catch (Throwable e) {
            throw Sqlite.rethrow(e);
        }
    }

    /** Moves to the next row; false after the last one. After an exception the statement is reset. */
    public boolean step() {
        running = true;
        int code = db.step(pointer);
        if (code == Sqlite.ROW) {
            return true;
        }
        if (code == Sqlite.DONE) {
            return false;
        }
        CacheException failure = connection.error(code);
        reset();
        throw failure;
    }

    /** How many columns a row has. */
    public int columnCount() {
        return db.column_count(pointer);
    }

    /** The storage class of a cell: {@link #INTEGER}, {@link #REAL}, {@link #TEXT}, {@link #BLOB}, {@link #NULL}. */
    public int columnType(int column) {
        return db.column_type(pointer, column);
    }

    /** An integer cell; 0 for null, which only {@link #columnType} can tell from zero. */
    public long columnLong(int column) {
        return db.column_long(pointer, column);
    }

    /** A double cell; 0 for null. */
    public double columnDouble(int column) {
        return db.column_double(pointer, column);
    }

    /** The bytes of a blob or of a text in UTF-8, the caller's own; null for SQL null. */
    @SuppressWarnings("NullAway") // the native returns null for SQL null
    public byte @Nullable [] columnBytes(int column) {
        return db.column_blob(pointer, column);
    }

    /** Ends the execution; the statement can be bound and stepped anew. Does nothing when it is not running. */
    public void reset() {
        if (running) {
            running = false;
            db.reset(pointer); // returns the error of the last step again, which step has thrown already
        }
    }

    public int parameters() {
        return connection.parameters(pointer);
    }

    private void check(int code) throws SQLException {
        if (code != 0) {
            throw connection.error(code);
        }
    }

    /** Frees the statement. Statements of a {@link Reader} are closed by the reader. */
    @Override
    public void close() {
        connection.finish(pointer);
    }
}
