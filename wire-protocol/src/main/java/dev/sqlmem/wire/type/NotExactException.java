package dev.sqlmem.wire.type;

/** A value lies outside of what can be handled exactly; the statement belongs to the upstream server. */
public final class NotExactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception without a stack trace: it is a route, not a fault. */
    public NotExactException(String reason) {
        super(reason, null, false, false);
    }
}
