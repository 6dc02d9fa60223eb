package dev.sqlmem.cache.sqlite;

import dev.sqlmem.cache.generation.Reader;

/** SQLite reported an error; the statement belongs to the upstream server. */
public final class CacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SQLITE_INTERRUPT = 9;
    private static final int SQLITE_TOOBIG = 18;

    /** What SQLite's sum() says beyond 64 bits; the code is that of any error in a function. */
    private static final String OVERFLOW = "integer overflow";

    private final int code;

    public CacheException(int code, String message) {
        super("SQLite " + code + ": " + message);
        this.code = code;
    }

    public CacheException(String message, Throwable cause) {
        super(message, cause);
        this.code = 1;
    }

    /** SQLite gave something that the plan does not know; {@code message} holds no value of anyone's. */
    public static CacheException surprise(String message) {
        return new CacheException(1, message);
    }

    /**
     * Whether a guard of the plan's own stopped the statement: these values are the upstream's business,
     * others are not, and nothing is wrong with the plan.
     */
    public boolean isGuard() {
        return interrupted()
                || code() == SQLITE_TOOBIG
                || String.valueOf(getMessage()).contains(OVERFLOW);
    }

    /** The primary SQLite result code (SQLite manual, "Result and Error Codes"). */
    public int code() {
        return code & 0xff;
    }

    /** Whether {@link Reader#interrupt()} stopped the statement. */
    public boolean interrupted() {
        return code() == SQLITE_INTERRUPT;
    }
}
