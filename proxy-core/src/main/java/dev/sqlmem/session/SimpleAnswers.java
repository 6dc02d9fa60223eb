package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Answer.Outcome;
import dev.sqlmem.session.answer.Asked;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.wire.message.QueryView;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The proxy's own answers to Query messages. */
final class SimpleAnswers {
    private final Registry registry;
    private final Replies replies;
    private final CachedAnswers answers;
    private final SimpleRelay relay;

    SimpleAnswers(Registry registry, Replies replies, CachedAnswers answers, SimpleRelay relay) {
        this.registry = registry;
        this.replies = replies;
        this.answers = answers;
        this.relay = relay;
    }

    /** Sends an answer; takes over the message and the answer. */
    Step send(ByteBuf frame, Classification classification, @Nullable ShapeEntry entry, Answer answer) {
        answers.send(answer, entry, 0, new Whole(frame, classification, entry, answer));
        return Step.DONE;
    }

    /** A whole answer to a Query message; owns the message and the answer. */
    private final class Whole implements CachedAnswers.Frame {
        private final ByteBuf frame;
        private final Classification classification;
        private final @Nullable ShapeEntry entry;
        private final Answer answer;

        Whole(ByteBuf frame, Classification classification, @Nullable ShapeEntry entry, Answer answer) {
            this.frame = frame;
            this.classification = classification;
            this.entry = entry;
            this.answer = answer;
            answers.owns(this::release);
        }

        @Override
        public void begin() {
            answer.read().description().write(replies.buffer(), null);
        }

        @Override
        public void end(Outcome outcome, long rows) {
            if (outcome == Outcome.DONE) {
                CachedAnswers.commandComplete(replies.buffer(), rows);
                registry.closePortal("");
                replies.readyForQuery();
            } else if (outcome == Outcome.FAILED) {
                replies.canceled(true);
            } else {
                replies.readyForQuery();
            }
            answers.released();
        }

        @Override
        public Asked asked() {
            return Asked.simple(QueryView.text(frame));
        }

        @Override
        public void giveUp(String reason) {
            frame.retain();
            answers.released();
            if (answer.isLocal()) {
                frame.release();
                replies.failQuery("XX000", "sqlmem.*: " + reason, null);
                return;
            }
            relay.instead(frame, classification, entry, reason);
        }

        private void release() {
            answer.close();
            frame.release();
        }
    }
}
