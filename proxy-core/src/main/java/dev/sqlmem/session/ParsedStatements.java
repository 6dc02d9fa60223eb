package dev.sqlmem.session;

import dev.sqlmem.session.decision.Lookup;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.wire.message.ParseView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Makes statements of Parse messages. Belongs to the event loop. */
final class ParsedStatements {
    private final Lookup lookup;
    private final SessionState state;
    private final ParseView view = new ParseView();

    ParsedStatements(Lookup lookup, SessionState state) {
        this.lookup = lookup;
        this.state = state;
    }

    /** The statement of a message, with what is known of its shape. */
    PreparedStatement read(ByteBuf frame) {
        view.read(frame);
        lookup.find(frame, view.queryIndex(), view.queryLength());
        PreparedStatement statement = new PreparedStatement(
                view.name(),
                ByteBufUtil.getBytes(frame),
                lookup.classification(),
                HeldLiterals.of(lookup.shape()),
                view.parameterTypes());
        statement.entry = lookup.entry();
        SessionSettings settings = state.settings();
        if (settings == null) {
            statement.space = null;
        } else {
            statement.space = settings.space();
        }
        return statement;
    }

    /** Whether the message says what this statement's did, name included. */
    static boolean isSame(PreparedStatement statement, ByteBuf frame) {
        return statement.parse.length == frame.readableBytes()
                && ByteBufUtil.equals(Unpooled.wrappedBuffer(statement.parse), frame);
    }
}
