package dev.sqlmem.session;

import org.jspecify.annotations.Nullable;

/** A function of {@code sqlmem.*} could not do its work; the message is for the client. */
public final class LocalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final @Nullable String hint;

    /** Creates the failure without a stack trace: it is an outcome, not a fault. */
    public LocalFailure(String sqlState, String message, @Nullable String hint) {
        super(message, null, false, false);
        this.sqlState = sqlState;
        this.hint = hint;
    }

    String sqlState() {
        return sqlState;
    }

    @Nullable
    String hint() {
        return hint;
    }
}
