package dev.sqlmem.session;

import dev.sqlmem.session.Conversation.Step;
import io.netty.buffer.ByteBuf;

/**
 * The extended query protocol: Parse, Bind, Describe, Execute, Close.
 *
 * <p>Once a message of a batch has gone upstream, the rest of the batch up to Sync goes there too, except
 * for what is about portals of the cache. A statement is parsed upstream only when it must run there.
 */
final class ExtendedQueries {
    private final ParseMessages parse;
    private final BindMessages bind;
    private final DescribeMessages describe;
    private final ExecuteMessages execute;
    private final CloseMessages close;

    ExtendedQueries(Conversation conversation) {
        ExtendedBatch batch = new ExtendedBatch(conversation);
        this.parse = new ParseMessages(conversation, batch);
        this.bind = new BindMessages(conversation, batch);
        this.describe = new DescribeMessages(conversation, batch);
        this.execute = new ExecuteMessages(conversation, batch);
        this.close = new CloseMessages(conversation);
    }

    Step parse(ByteBuf frame) {
        return parse.receive(frame);
    }

    Step bind(ByteBuf frame) {
        return bind.receive(frame);
    }

    Step describe(ByteBuf frame) {
        return describe.receive(frame);
    }

    Step execute(ByteBuf frame) {
        return execute.receive(frame);
    }

    Step close(ByteBuf frame) {
        return close.receive(frame);
    }
}
