package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.session.Conversation.Step;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Answer.Outcome;
import dev.sqlmem.session.answer.Arguments;
import dev.sqlmem.session.answer.Asked;
import dev.sqlmem.session.answer.Binder;
import dev.sqlmem.session.answer.OrderKeyArguments;
import dev.sqlmem.session.answer.RowWriter;
import dev.sqlmem.session.decision.Admission.Admit;
import dev.sqlmem.session.decision.Admission.Decline;
import dev.sqlmem.session.decision.Admission.Known;
import dev.sqlmem.session.decision.Admission.Verdict;
import dev.sqlmem.session.decision.Admission.Wait;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PendingResponse.Kind;
import dev.sqlmem.session.relay.Portal;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.SqlNames;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.Refusal;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.wire.message.CommandComplete;
import dev.sqlmem.wire.message.QueryView;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The simple query protocol: one Query message, one answer up to ReadyForQuery. */
final class SimpleQueries {
    private final Conversation conversation;

    SimpleQueries(Conversation conversation) {
        this.conversation = conversation;
    }

    Step query(ByteBuf frame) {
        if (!QueryView.isWellFormed(frame)) {
            return relay(frame, null, null);
        }
        Lookup lookup = conversation.lookup;
        lookup.find(frame, QueryView.index(frame), QueryView.length(frame));
        Classification classification = lookup.classification();
        conversation.registry.closeUnnamed();
        conversation.leg.forgetUnnamed();
        Refusal refusal;
        if (conversation.context.readOnly()) {
            refusal = classification.refusal();
        } else {
            refusal = null;
        }
        if (refusal == null && conversation.state.mayBeReadWrite() && classification.goesOnAfterEnd()) {
            refusal = Refusal.severalTransactions();
        }
        if (refusal != null) {
            return refuse(frame, refusal, lookup.entry());
        }
        ShapeEntry entry = lookup.entry();
        if (classification.kind() == StatementKind.LOCAL) {
            return local(frame, entry);
        }
        if (entry == null || classification.kind() != StatementKind.SELECT || classification.multi()) {
            return relay(frame, classification, entry);
        }
        return candidate(frame, classification, entry);
    }

    private Step refuse(ByteBuf frame, Refusal refusal, @Nullable ShapeEntry entry) {
        if (!conversation.leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        frame.release();
        conversation.errors.failQuery(refusal.sqlState(), refusal.message(), refusal.hint());
        conversation.context.counters().refused.increment();
        if (StatementLog.isOn()) {
            conversation.log.refused(refusal, entry);
        }
        if (entry != null) {
            entry.counters().refused();
        }
        return Step.DONE;
    }

    private Step candidate(ByteBuf frame, Classification classification, ShapeEntry entry) {
        SessionState state = conversation.state;
        if (!conversation.leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        if (conversation.waiting.declined() != null
                || conversation.leg.isBatchOpen()
                || conversation.hasExecutedHere()
                || state.status() == SessionState.FAILED) {
            return relay(frame, classification, entry);
        }
        SessionSettings standing = state.standing();
        if (standing == null) {
            return conversation.settle();
        }
        Verdict verdict = conversation.admission.plan(entry, standing, conversation.lookup.shape(), List.of());
        if (verdict instanceof Known known) {
            verdict = conversation.admission.admit(known.plan(), standing);
        }
        if (verdict instanceof Wait wait) {
            return conversation.waiting.await(wait.until(), wait.load());
        }
        if (verdict instanceof Admit admit) {
            return answer(frame, classification, entry, admit);
        }
        conversation.waiting.because(verdict);
        return relay(frame, classification, entry);
    }

    private Step answer(ByteBuf frame, Classification classification, ShapeEntry entry, Admit admit) {
        TranslatedQuery read = admit.plan().read();
        RowWriter writer = new RowWriter(read.outputs(), null, admit.settings());
        if (!writer.isExact()) {
            admit.leased().release();
            conversation.waiting.because(Decline.inexact(RowWriter.NOT_EXACT));
            return relay(frame, classification, entry);
        }
        Arguments arguments;
        try {
            arguments = OrderKeyArguments.inline(
                    new Binder(conversation.lookup.shape(), null, admit.settings()).arguments(read.bindings()),
                    admit.leased(),
                    conversation.slot,
                    conversation.database);
        } catch (NotExactException e) {
            admit.leased().release();
            conversation.waiting.because(Decline.inexact(e.getMessage()));
            return relay(frame, classification, entry);
        }
        Answer answer = Answer.cached(admit, arguments, writer, conversation.waiting.loadAwaited());
        conversation.answers.send(answer, entry, 0, new Whole(frame, classification, entry, answer));
        return Step.DONE;
    }

    private Step local(ByteBuf frame, @Nullable ShapeEntry entry) {
        if (!conversation.leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        if (entry == null) {
            frame.release();
            conversation.errors.failQuery("0A000", "UnsupportedQueryError: such literals with sqlmem.*", null);
            return Step.DONE;
        }
        HeldLiterals literals = HeldLiterals.of(conversation.lookup.shape());
        Classification classification = conversation.lookup.classification();
        new LocalAnswers(conversation).answer(entry, literals, List.of(), null, new LocalAnswers.Done() {
            @Override
            public void answered(Answer answer) {
                conversation.answers.send(answer, entry, 0, new Whole(frame, classification, entry, answer));
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                frame.release();
                conversation.errors.failQuery(sqlState, message, hint);
            }
        });
        return Step.DONE;
    }

    private Step relay(ByteBuf frame, @Nullable Classification classification, @Nullable ShapeEntry entry) {
        String shape = conversation.lookup.shape().display();
        if (SqlNames.areIn(classification, shape)) {
            if (!conversation.leg.isQuiet()) {
                return conversation.awaitQuiet();
            }
            if (deallocatedHere(frame, shape)) {
                return Step.DONE;
            }
            if (conversation.state.status() != SessionState.FAILED) {
                conversation.names.introduce(shape);
            }
        }
        if (conversation.writes.prepare(classification) == Step.WAIT) {
            return Step.WAIT;
        }
        if (conversation.hasExecutedHere() && !conversation.leg.isBatchOpen()) {
            conversation.own.enterBatch();
        }
        conversation.relayed(classification, entry, () -> StatementLog.shape(conversation.lookup.shape()));
        Runnable noted;
        if (SqlNames.areIn(classification, shape)) {
            noted = conversation.names.sent(shape);
        } else {
            noted = () -> {};
        }
        conversation.leg.sendQuery(frame, expect(noted));
        return Step.DONE;
    }

    /** The query takes the place of the unnamed portal, unless it fails before it runs. */
    private PendingResponse expect(Runnable noted) {
        Portal unnamed = conversation.registry.portal(""); // the client may have bound another one meanwhile
        return PendingResponse.then(Kind.QUERY, () -> {
            conversation.registry.closePortal(unnamed);
            noted.run();
        });
    }

    /** Answers DEALLOCATE of a statement that the server has never heard of. */
    private boolean deallocatedHere(ByteBuf frame, String shape) {
        PreparedStatement statement = conversation.names.deallocated(shape);
        if (statement == null || statement.upstream || conversation.state.status() == SessionState.FAILED) {
            return false;
        }
        conversation.registry.drop(statement);
        conversation.registry.closePortal("");
        frame.release();
        new CommandComplete("DEALLOCATE").encode(conversation.output.buffer());
        conversation.readyForQuery();
        return true;
    }

    /** A whole answer to a Query message; owns the message and the answer. */
    private final class Whole implements CachedAnswers.Frame {
        private final ByteBuf frame;
        private final Classification classification;
        private final ShapeEntry entry;
        private final Answer answer;

        Whole(ByteBuf frame, Classification classification, ShapeEntry entry, Answer answer) {
            this.frame = frame;
            this.classification = classification;
            this.entry = entry;
            this.answer = answer;
            conversation.owns(this::release);
        }

        @Override
        public void begin() {
            answer.read().description().write(conversation.output.buffer(), null);
        }

        @Override
        public void end(Outcome outcome, long rows) {
            if (outcome == Outcome.DONE) {
                CachedAnswers.commandComplete(conversation.output.buffer(), rows);
                conversation.registry.closePortal("");
                conversation.readyForQuery();
            } else if (outcome == Outcome.FAILED) {
                conversation.errors.canceled(true);
            } else {
                conversation.readyForQuery();
            }
            conversation.released();
        }

        @Override
        public Asked asked() {
            return Asked.simple(QueryView.text(frame));
        }

        @Override
        public void giveUp(String reason) {
            frame.retain();
            conversation.released();
            if (answer.isLocal()) {
                frame.release();
                conversation.errors.failQuery("XX000", "sqlmem.*: " + reason, null);
                return;
            }
            conversation.waiting.because(Decline.inexact(reason));
            conversation.relayed(classification, entry, entry.key()::display);
            conversation.leg.sendQuery(frame, expect(() -> {}));
        }

        private void release() {
            answer.close();
            frame.release();
        }
    }
}
