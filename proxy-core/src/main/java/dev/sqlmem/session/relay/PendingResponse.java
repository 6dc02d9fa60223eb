package dev.sqlmem.session.relay;

import org.jspecify.annotations.Nullable;

/**
 * One response that the upstream server owes.
 *
 * @param kind the message that it answers
 * @param swallowed whether the client does not hear of it, since it never sent that message
 * @param undo takes back what was noted when the message was sent, should it fail or be left out
 * @param batch for what ends with ReadyForQuery: the number of the batch that it ends
 * @param then notes what has happened once it has succeeded; for a string of statements, with each of them
 */
public record PendingResponse(
        Kind kind,
        boolean swallowed,
        @Nullable Undo undo,
        @Nullable Runnable then,
        long batch) {

    PendingResponse(Kind kind, boolean swallowed, @Nullable Undo undo) {
        this(kind, swallowed, undo, null);
    }

    public PendingResponse(Kind kind, boolean swallowed, @Nullable Undo undo, @Nullable Runnable then) {
        this(kind, swallowed, undo, then, 0);
    }

    /** The same, for the end of this batch. */
    PendingResponse in(long ended) {
        return new PendingResponse(kind, swallowed, undo, then, ended);
    }

    /** Takes back what was noted of a message. */
    public interface Undo {
        /** Whether the message was carried out and failed; else it was left out behind another's failure. */
        void run(boolean carriedOut);
    }

    /** The messages that are answered. */
    public enum Kind {
        PARSE,
        BIND,
        DESCRIBE,
        /** A Describe of a statement whose ParameterDescription the client has already. */
        DESCRIBE_ROWS,
        EXECUTE,
        CLOSE,
        SYNC,
        QUERY,
        FUNCTION_CALL,
        /** None: where the client has ended a COPY that the server has not begun yet. */
        COPY_END,
        /** The proxy's own question about the session's settings, up to its ReadyForQuery. */
        SETTLE,
        /** A Parse and a Sync of the proxy's own, up to the ReadyForQuery. */
        INTRODUCE,
        /** A statement that fails, and a Sync; only the ReadyForQuery is for the client. */
        ABORT
    }

    public static final PendingResponse BIND = new PendingResponse(Kind.BIND, false, null);
    static final PendingResponse BIND_AGAIN = new PendingResponse(Kind.BIND, true, null);
    public static final PendingResponse DESCRIBE = new PendingResponse(Kind.DESCRIBE, false, null);
    public static final PendingResponse DESCRIBE_ROWS = new PendingResponse(Kind.DESCRIBE_ROWS, false, null);
    public static final PendingResponse EXECUTE = new PendingResponse(Kind.EXECUTE, false, null);
    static final PendingResponse PARSE_UNSEEN = new PendingResponse(Kind.PARSE, true, null);
    static final PendingResponse EXECUTE_UNSEEN = new PendingResponse(Kind.EXECUTE, true, null);
    static final PendingResponse CLOSE_UNSEEN = new PendingResponse(Kind.CLOSE, true, null);
    static final PendingResponse INTRODUCE = new PendingResponse(Kind.INTRODUCE, true, null);
    static final PendingResponse ABORT = new PendingResponse(Kind.ABORT, false, null);
    public static final PendingResponse CLOSE = new PendingResponse(Kind.CLOSE, false, null);
    static final PendingResponse SYNC = new PendingResponse(Kind.SYNC, false, null);
    static final PendingResponse QUERY = new PendingResponse(Kind.QUERY, false, null);
    public static final PendingResponse FUNCTION_CALL = new PendingResponse(Kind.FUNCTION_CALL, false, null);
    static final PendingResponse COPY_END = new PendingResponse(Kind.COPY_END, true, null);
    public static final PendingResponse SETTLE = new PendingResponse(Kind.SETTLE, true, null);

    /** A message that was noted in the registry. */
    public static PendingResponse noted(Kind kind, Undo undo) {
        return new PendingResponse(kind, false, undo);
    }

    /** A Close of a statement, which leaves the registry once that is done. */
    public static PendingResponse closing(PreparedStatement statement, Runnable then) {
        return new PendingResponse(Kind.CLOSE, false, carriedOut -> statement.closing = false, then);
    }

    /** A message after whose success something is to be noted. */
    public static PendingResponse then(Kind kind, Runnable then) {
        return new PendingResponse(kind, false, null, then);
    }

    static PendingResponse parseAgain(Undo undo) {
        return new PendingResponse(Kind.PARSE, true, undo);
    }

    static PendingResponse introduce(Undo undo) {
        return new PendingResponse(Kind.INTRODUCE, true, undo);
    }
}
