package dev.sqlmem.session;

import org.jspecify.annotations.Nullable;

/**
 * One response that the upstream server owes.
 *
 * @param kind the message that it answers
 * @param swallowed whether the client does not hear of it, since it never sent that message
 * @param statement for Parse: the statement that exists once it succeeds
 */
record Expect(Kind kind, boolean swallowed, @Nullable PreparedStatement statement) {

    /** The messages that are answered. */
    enum Kind {
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
        /** The proxy's own question about the session's settings, up to its ReadyForQuery. */
        SETTLE,
        /** A Parse and a Sync of the proxy's own, up to the ReadyForQuery. */
        INTRODUCE
    }

    static final Expect BIND = new Expect(Kind.BIND, false, null);
    static final Expect BIND_AGAIN = new Expect(Kind.BIND, true, null);
    static final Expect DESCRIBE = new Expect(Kind.DESCRIBE, false, null);
    static final Expect DESCRIBE_ROWS = new Expect(Kind.DESCRIBE_ROWS, false, null);
    static final Expect EXECUTE = new Expect(Kind.EXECUTE, false, null);
    static final Expect PARSE_UNSEEN = new Expect(Kind.PARSE, true, null);
    static final Expect EXECUTE_UNSEEN = new Expect(Kind.EXECUTE, true, null);
    static final Expect CLOSE_UNSEEN = new Expect(Kind.CLOSE, true, null);
    static final Expect INTRODUCE = new Expect(Kind.INTRODUCE, true, null);
    static final Expect CLOSE = new Expect(Kind.CLOSE, false, null);
    static final Expect SYNC = new Expect(Kind.SYNC, false, null);
    static final Expect QUERY = new Expect(Kind.QUERY, false, null);
    static final Expect FUNCTION_CALL = new Expect(Kind.FUNCTION_CALL, false, null);
    static final Expect SETTLE = new Expect(Kind.SETTLE, true, null);

    static Expect parse(PreparedStatement statement) {
        return new Expect(Kind.PARSE, false, statement);
    }

    static Expect introduce(PreparedStatement statement) {
        return new Expect(Kind.INTRODUCE, true, statement);
    }

    static Expect parseAgain(PreparedStatement statement) {
        return new Expect(Kind.PARSE, true, statement);
    }
}
