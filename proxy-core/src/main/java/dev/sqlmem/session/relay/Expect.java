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
public record Expect(
        Kind kind,
        boolean swallowed,
        @Nullable Undo undo,
        @Nullable Runnable then,
        long batch) {

    Expect(Kind kind, boolean swallowed, @Nullable Undo undo) {
        this(kind, swallowed, undo, null);
    }

    public Expect(Kind kind, boolean swallowed, @Nullable Undo undo, @Nullable Runnable then) {
        this(kind, swallowed, undo, then, 0);
    }

    /** The same, for the end of this batch. */
    Expect in(long ended) {
        return new Expect(kind, swallowed, undo, then, ended);
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

    public static final Expect BIND = new Expect(Kind.BIND, false, null);
    static final Expect BIND_AGAIN = new Expect(Kind.BIND, true, null);
    public static final Expect DESCRIBE = new Expect(Kind.DESCRIBE, false, null);
    public static final Expect DESCRIBE_ROWS = new Expect(Kind.DESCRIBE_ROWS, false, null);
    public static final Expect EXECUTE = new Expect(Kind.EXECUTE, false, null);
    static final Expect PARSE_UNSEEN = new Expect(Kind.PARSE, true, null);
    static final Expect EXECUTE_UNSEEN = new Expect(Kind.EXECUTE, true, null);
    static final Expect CLOSE_UNSEEN = new Expect(Kind.CLOSE, true, null);
    static final Expect INTRODUCE = new Expect(Kind.INTRODUCE, true, null);
    static final Expect ABORT = new Expect(Kind.ABORT, false, null);
    public static final Expect CLOSE = new Expect(Kind.CLOSE, false, null);
    static final Expect SYNC = new Expect(Kind.SYNC, false, null);
    static final Expect QUERY = new Expect(Kind.QUERY, false, null);
    public static final Expect FUNCTION_CALL = new Expect(Kind.FUNCTION_CALL, false, null);
    static final Expect COPY_END = new Expect(Kind.COPY_END, true, null);
    public static final Expect SETTLE = new Expect(Kind.SETTLE, true, null);

    /** A message that was noted in the registry. */
    public static Expect noted(Kind kind, Undo undo) {
        return new Expect(kind, false, undo);
    }

    /** A Close of a statement, which leaves the registry once that is done. */
    public static Expect closing(PreparedStatement statement, Runnable then) {
        return new Expect(Kind.CLOSE, false, carriedOut -> statement.closing = false, then);
    }

    /** A message after whose success something is to be noted. */
    public static Expect then(Kind kind, Runnable then) {
        return new Expect(kind, false, null, then);
    }

    static Expect parseAgain(Undo undo) {
        return new Expect(Kind.PARSE, true, undo);
    }

    static Expect introduce(Undo undo) {
        return new Expect(Kind.INTRODUCE, true, undo);
    }
}
