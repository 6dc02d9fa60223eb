package dev.sqlmem.session.relay;

import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Asked;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.wire.message.Frame;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A bound statement: either the cache's, with its arguments and perhaps a cursor, or the upstream
 * server's, of which only the classification is kept.
 */
public final class Portal implements AutoCloseable {
    final String name;
    public final @Nullable Classification classification;
    public final @Nullable PreparedStatement statement;
    public final @Nullable Answer answer;

    /** The batch in which its Bind went upstream; 0 for a portal of the cache. */
    public long batch;

    /** Why it is not the cache's, where the cache was asked about it. */
    @Nullable
    public Relay because;

    private @Nullable ByteBuf bind;

    private Portal(
            String name,
            @Nullable Classification classification,
            @Nullable PreparedStatement statement,
            @Nullable Answer answer,
            @Nullable ByteBuf bind) {
        this.name = name;
        this.classification = classification;
        this.statement = statement;
        this.answer = answer;
        this.bind = bind;
    }

    /** A portal of the upstream server; {@code statement} is null where it is not known. */
    public static Portal upstream(String name, @Nullable PreparedStatement statement) {
        return new Portal(name, statement == null ? null : statement.classification, statement, null, null);
    }

    /** A portal of the cache; takes over the Bind frame, which is sent upstream should the cache give up. */
    public static Portal cached(String name, PreparedStatement statement, Answer answer, ByteBuf bind) {
        return new Portal(name, statement.classification, statement, answer, bind);
    }

    /** How many of the cache's rows the client has. */
    long rowsSent() {
        if (answer == null) {
            return 0;
        }
        return answer.rowsSent();
    }

    /** Which result columns of a portal of the cache are binary; null: none. */
    public boolean @Nullable [] binary() {
        if (answer == null) {
            return null;
        }
        return answer.writer().binary();
    }

    public boolean isCached() {
        return answer != null;
    }

    /** Appends the Bind frame to {@code out}, as one of another statement. */
    void bindTo(String other, ByteBuf out) {
        ByteBuf frame = bind;
        if (frame == null) {
            throw new IllegalStateException("the Bind frame is gone");
        }
        int start = out.writerIndex();
        int nameEnd = frame.indexOf(frame.readerIndex() + Frame.HEADER, frame.writerIndex(), (byte) 0) + 1;
        int statementEnd = frame.indexOf(nameEnd, frame.writerIndex(), (byte) 0);
        out.writeBytes(frame, frame.readerIndex(), nameEnd - frame.readerIndex());
        out.writeCharSequence(other, StandardCharsets.UTF_8);
        out.writeBytes(frame, statementEnd, frame.writerIndex() - statementEnd);
        out.setInt(start + 1, out.writerIndex() - start - 1);
    }

    /** What the client has asked, of a portal of the cache. */
    public Asked asked() {
        ByteBuf frame = bind;
        PreparedStatement of = statement;
        if (frame == null || of == null) {
            throw new IllegalStateException("not a portal of the cache");
        }
        return Asked.bound(of.text(), of.declared, frame);
    }

    /** Gives back whatever it holds. */
    @Override
    public void close() {
        ByteBuf frame = bind;
        bind = null;
        if (frame != null) {
            frame.release();
        }
        if (answer != null) {
            answer.close();
        }
    }
}
