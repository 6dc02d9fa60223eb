package dev.sqlmem.cache;

/** SQLite reported an error; the statement belongs to the upstream server. */
public final class CacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SQLITE_INTERRUPT = 9;

    private final int code;

    CacheException(int code, String message) {
        super("SQLite " + code + ": " + message);
        this.code = code;
    }

    CacheException(String message, Throwable cause) {
        super(message, cause);
        this.code = 1;
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
