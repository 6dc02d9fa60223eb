package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Answer.Outcome;
import dev.sqlmem.session.answer.Asked;
import dev.sqlmem.session.answer.Fallback;
import dev.sqlmem.wire.message.PortalSuspended;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends answers of the cache: a brief one at once, another one slice by slice as the client takes them.
 * An answer that the cache gives up before its first byte has left goes upstream instead.
 */
final class CachedAnswers {
    private static final Logger LOG = LogManager.getLogger(CachedAnswers.class);
    private static final byte[] SELECT = "SELECT ".getBytes(StandardCharsets.US_ASCII);

    /** What surrounds the rows of an answer, and what to do when the cache gives up. */
    interface Frame {
        void begin();

        void end(Outcome outcome, long rows);

        void giveUp(String reason);

        /** What the client has asked, for a sample; valid until {@link #end}. */
        Asked asked();
    }

    private final Client client;
    private final SessionContext context;
    private final Waiting waiting;
    private final Replies replies;
    private final Journal journal;
    private final Samples samples;
    private @Nullable Answer running;
    private @Nullable Frame frame;
    private @Nullable ShapeEntry entry;
    private @Nullable Runnable owned;
    private long limit;
    private long sent;
    private int ticket;
    private boolean begun;
    private boolean canceled;
    private boolean awaitsClient;

    CachedAnswers(
            Client client, SessionContext context, Waiting waiting, Replies replies, Journal journal, Samples samples) {
        this.client = client;
        this.context = context;
        this.waiting = waiting;
        this.replies = replies;
        this.journal = journal;
        this.samples = samples;
    }

    /** Keeps what the running answer holds, so that it is given back even when the session ends first. */
    void owns(Runnable release) {
        owned = release;
    }

    /** Whether the running answer holds something. */
    boolean isOwner() {
        return owned != null;
    }

    /** Gives that back. */
    void released() {
        Runnable release = owned;
        owned = null;
        if (release != null) {
            release.run();
        }
    }

    /**
     * Sends the answer, or at most {@code maxRows} rows of it where that is positive. The answer stays
     * open: the frame or the portal closes it.
     */
    void send(Answer answer, @Nullable ShapeEntry of, long maxRows, Frame around) {
        if (maxRows <= 0 && answer.isBrief()) {
            inline(answer, of, around);
            return;
        }
        running = answer;
        frame = around;
        entry = of;
        limit = Math.max(0, maxRows);
        sent = 0;
        begun = false;
        canceled = false;
        ticket = waiting.block();
        next();
    }

    private void inline(Answer answer, @Nullable ShapeEntry of, Frame around) {
        ByteBuf out = client.output().buffer();
        int mark = out.writerIndex();
        around.begin();
        long rows;
        try {
            rows = answer.runInline(client.slot(), out);
        } catch (RuntimeException e) {
            out.writerIndex(mark);
            around.giveUp(Fallback.of(e).count(of, context.counters()));
            return;
        }
        sample(answer, of, around);
        around.end(Outcome.DONE, rows);
        journal.answered(answer, of, rows);
    }

    private void sample(Answer answer, @Nullable ShapeEntry of, Frame around) {
        if (of != null && !answer.isLocal() && samples.wants(answer.rowsSent())) {
            samples.take(answer, of, around.asked());
        }
    }

    private void next() {
        Answer answer = running;
        if (answer != null) {
            answer.runSlice(
                    limit == 0 ? 0 : limit - sent,
                    client.channel().alloc(),
                    context.workers(),
                    waiting.loop(),
                    this::slice);
        }
    }

    private void slice(ByteBuf rows, long count, Outcome outcome, @Nullable RuntimeException failure) {
        Answer answer = running;
        Frame around = frame;
        if (answer == null || around == null) {
            rows.release();
            return;
        }
        if (outcome == Outcome.FAILED || canceled) {
            rows.release();
            stop(around, failure);
            return;
        }
        if (!begun) {
            begun = true;
            around.begin();
        }
        sent += count;
        client.output().relay(rows);
        if (outcome != Outcome.MORE) {
            finish(answer, around, outcome);
            return;
        }
        client.output().flush();
        if (client.output().isWritable()) {
            next();
        } else {
            awaitsClient = true;
        }
    }

    private void finish(Answer answer, Frame around, Outcome outcome) {
        ShapeEntry of = entry;
        release();
        if (outcome == Outcome.DONE && sent == answer.rowsSent()) {
            sample(answer, of, around);
        }
        around.end(outcome, sent);
        journal.answered(answer, of, sent);
        waiting.unblock(ticket);
        waiting.resume();
    }

    private void stop(Frame around, @Nullable RuntimeException failure) {
        ShapeEntry of = entry;
        boolean sentSome = begun;
        boolean byClient = canceled;
        release();
        waiting.unblock(ticket);
        if (byClient) {
            around.end(Outcome.FAILED, sent);
        } else if (sentSome) {
            LOG.error("an answer failed after its first rows were sent", failure);
            replies.error("XX000", "the cache failed in the middle of an answer", null);
            around.end(Outcome.MORE, sent);
        } else {
            around.giveUp(failure == null ? "" : Fallback.of(failure).count(of, context.counters()));
        }
        waiting.resume();
    }

    private void release() {
        running = null;
        frame = null;
        entry = null;
        awaitsClient = false;
    }

    /** The client takes bytes again. */
    void writable() {
        if (awaitsClient) {
            awaitsClient = false;
            if (canceled) {
                Frame around = frame;
                if (around != null) {
                    stop(around, null);
                }
            } else {
                next();
            }
        }
    }

    /** Breaks off the answer that is running; false where none is. */
    boolean cancel() {
        Answer answer = running;
        if (answer == null) {
            return false;
        }
        canceled = true;
        if (awaitsClient) {
            writable();
        } else {
            answer.interrupt();
        }
        return true;
    }

    /** Forgets what is running, and gives back what it holds. */
    void close() {
        release();
        released();
    }

    /** Appends CommandComplete of a SELECT. */
    static void commandComplete(ByteBuf out, long rows) {
        out.writeByte(Tag.COMMAND_COMPLETE);
        int start = out.writerIndex();
        out.writeInt(0).writeBytes(SELECT);
        digits(out, rows);
        out.writeByte(0);
        out.setInt(start, out.writerIndex() - start);
    }

    private static void digits(ByteBuf out, long value) {
        if (value >= 10) {
            digits(out, value / 10);
        }
        out.writeByte('0' + (int) (value % 10));
    }

    /** Appends PortalSuspended. */
    static void suspended(ByteBuf out) {
        PortalSuspended.INSTANCE.encode(out);
    }
}
