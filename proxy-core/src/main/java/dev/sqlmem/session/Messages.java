package dev.sqlmem.session;

import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;

/**
 * Who handles which message (manual, "Message Flow").
 *
 * <p>Of the extended query protocol: once a message of a batch has gone upstream, the rest of the batch up to Sync goes
 * there too, except for what is about portals of the cache. A statement is parsed upstream only when it must run there.
 */
record Messages(
        SimpleQueries query,
        ParseMessages parse,
        BindMessages bind,
        DescribeMessages describe,
        ExecuteMessages execute,
        CloseMessages close,
        FunctionCalls functions,
        BatchMessages batch) {

    /** Handles a whole message; the handler owns the frame, unless its turn comes again. */
    Step receive(byte tag, ByteBuf frame) {
        return switch (tag) {
            case Tag.QUERY -> query.receive(frame);
            case Tag.PARSE -> parse.receive(frame);
            case Tag.BIND -> bind.receive(frame);
            case Tag.DESCRIBE -> describe.receive(frame);
            case Tag.EXECUTE -> execute.receive(frame);
            case Tag.CLOSE -> close.receive(frame);
            case Tag.SYNC -> batch.sync(frame);
            case Tag.FUNCTION_CALL -> functions.receive(frame);
            case Tag.FLUSH -> batch.flush(frame);
            case Tag.COPY_DATA, Tag.COPY_DONE, Tag.COPY_FAIL -> batch.pass(frame);
            case Tag.TERMINATE -> batch.terminate(frame);
            default -> throw new ProtocolException("invalid frontend message type " + (tag & 0xff));
        };
    }

    /** Whether the message can run a statement. */
    static boolean mayRun(byte tag) {
        return tag == Tag.QUERY
                || tag == Tag.PARSE
                || tag == Tag.BIND
                || tag == Tag.EXECUTE
                || tag == Tag.FUNCTION_CALL;
    }
}
