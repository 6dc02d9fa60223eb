package dev.sqlmem.cache.generation;

/** A table cannot be cached now; the message is the reason, for people. */
public final class LoadRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception without a stack trace: it is an outcome, not a fault. */
    public LoadRefusedException(String reason) {
        super(reason, null, false, false);
    }

    /** The reason. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
