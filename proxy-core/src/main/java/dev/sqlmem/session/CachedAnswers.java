package dev.sqlmem.session;

import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Answer.Outcome;
import dev.sqlmem.session.answer.Asked;
import dev.sqlmem.session.answer.Fallback;
import dev.sqlmem.session.metrics.Counters;
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

    private final Conversation conversation;
    private final int slot;
    private final Samples samples;
    private @Nullable Answer running;
    private @Nullable Frame frame;
    private @Nullable ShapeEntry entry;
    private long limit;
    private long sent;
    private int ticket;
    private boolean begun;
    private boolean canceled;
    private boolean awaitsClient;

    CachedAnswers(Conversation conversation, int slot) {
        this.conversation = conversation;
        this.slot = slot;
        this.samples = new Samples(conversation);
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
        ticket = conversation.waiting.block();
        next();
    }

    private void inline(Answer answer, @Nullable ShapeEntry of, Frame around) {
        ByteBuf out = conversation.output.buffer();
        int mark = out.writerIndex();
        around.begin();
        long rows;
        try {
            rows = answer.runInline(slot, out);
        } catch (RuntimeException e) {
            out.writerIndex(mark);
            around.giveUp(Fallback.of(e).count(of, conversation.context.counters()));
            return;
        }
        sample(answer, of, around);
        around.end(Outcome.DONE, rows);
        count(answer, of, rows);
    }

    private void sample(Answer answer, @Nullable ShapeEntry of, Frame around) {
        if (of != null && !answer.isLocal() && conversation.context.verifier().wants(answer.rowsSent())) {
            samples.take(answer, of, around.asked());
        }
    }

    private void next() {
        Answer answer = running;
        if (answer != null) {
            answer.runSlice(
                    limit == 0 ? 0 : limit - sent,
                    conversation.channel.alloc(),
                    conversation.context.workers(),
                    conversation.channel.eventLoop(),
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
        conversation.output.relay(rows);
        if (outcome != Outcome.MORE) {
            finish(answer, around, outcome);
            return;
        }
        conversation.output.flush();
        if (conversation.output.isWritable()) {
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
        count(answer, of, sent);
        conversation.waiting.unblock(ticket);
        conversation.resume();
    }

    private void stop(Frame around, @Nullable RuntimeException failure) {
        ShapeEntry of = entry;
        boolean sentSome = begun;
        boolean byClient = canceled;
        release();
        conversation.waiting.unblock(ticket);
        if (byClient) {
            around.end(Outcome.FAILED, sent);
        } else if (sentSome) {
            LOG.error("an answer failed after its first rows were sent", failure);
            conversation.errors.error("XX000", "the cache failed in the middle of an answer", null);
            around.end(Outcome.MORE, sent);
        } else {
            around.giveUp(failure == null ? "" : Fallback.of(failure).count(of, conversation.context.counters()));
        }
        conversation.resume();
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

    /** Forgets what is running; its owner closes it. */
    void close() {
        release();
    }

    private void count(Answer answer, @Nullable ShapeEntry of, long rows) {
        Counters counters = conversation.context.counters();
        long nanos = answer.elapsedNanos();
        if (StatementLog.isOn()) {
            conversation.log.answered(answer, of, rows);
        }
        if (answer.isLocal()) {
            counters.local.record(nanos);
            if (of != null) {
                of.counters().local(rows, nanos);
            }
        } else if (answer.isMiss()) {
            counters.misses.record(nanos);
            for (TableUse use : answer.read().tables()) {
                conversation.database.tables().miss(use.oid());
            }
            if (of != null) {
                of.counters().miss(rows, nanos);
            }
        } else {
            counters.hits.record(nanos);
            for (TableUse use : answer.read().tables()) {
                conversation.database.tables().hit(use.oid());
            }
            if (of != null) {
                of.counters().hit(rows, nanos);
            }
        }
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
