package dev.sqlmem.session;

import dev.sqlmem.session.decision.Lookup;
import dev.sqlmem.session.relay.Frames;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.wire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes statements of Parse messages. Belongs to the event loop. */
final class ParsedStatements {
    private final Lookup lookup;
    private final SessionState state;

    ParsedStatements(Lookup lookup, SessionState state) {
        this.lookup = lookup;
        this.state = state;
    }

    /** The statement of a message, with what is known of its shape. */
    PreparedStatement read(ByteBuf frame) {
        int nameAt = frame.readerIndex() + Frames.HEADER;
        int nameEnd = Frames.string(frame, nameAt);
        int queryEnd = Frames.string(frame, nameEnd + 1);
        String name = frame.toString(nameAt, nameEnd - nameAt, StandardCharsets.UTF_8);
        List<Integer> declared = declared(frame, queryEnd + 1);
        lookup.find(frame, nameEnd + 1, queryEnd - nameEnd - 1);
        PreparedStatement statement = new PreparedStatement(
                name,
                ByteBufUtil.getBytes(frame, nameAt, frame.writerIndex() - nameAt),
                lookup.classification(),
                HeldLiterals.of(lookup.shape()),
                declared);
        statement.entry = lookup.entry();
        SessionSettings settings = state.settings();
        if (settings == null) {
            statement.space = null;
        } else {
            statement.space = settings.space();
        }
        return statement;
    }

    private static List<Integer> declared(ByteBuf frame, int at) {
        int end = frame.writerIndex();
        if (end - at < Short.BYTES || end - at != Short.BYTES + Integer.BYTES * frame.getUnsignedShort(at)) {
            throw new ProtocolException("invalid message format");
        }
        int count = frame.getUnsignedShort(at);
        if (count == 0) {
            return List.of();
        }
        List<Integer> declared = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            declared.add(frame.getInt(at + Short.BYTES + Integer.BYTES * i));
        }
        return declared;
    }

    /** Whether the message says what this statement's did, name included. */
    static boolean isSame(PreparedStatement statement, ByteBuf frame) {
        int length = frame.readableBytes() - Frames.HEADER;
        return statement.parse.length == length
                && ByteBufUtil.equals(
                        Unpooled.wrappedBuffer(statement.parse), 0, frame, frame.readerIndex() + Frames.HEADER, length);
    }
}
