package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Answer.Outcome;
import dev.sqlmem.session.answer.Asked;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PendingResponse.Kind;
import dev.sqlmem.session.relay.Portal;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.session.relay.SqlNames;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.wire.message.ExecuteView;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Execute: rows from the cache, or from the server. */
final class ExecuteMessages {
    private final ServerSide server;
    private final RelayLeg leg;
    private final SessionState state;
    private final Pauses pauses;
    private final ExtendedBatch batch;
    private final CachedAnswers answers;
    private final Relaying relaying;
    private final ExecuteView view = new ExecuteView();

    ExecuteMessages(
            ServerSide server,
            SessionState state,
            Pauses pauses,
            ExtendedBatch batch,
            CachedAnswers answers,
            Relaying relaying) {
        this.server = server;
        this.leg = server.leg();
        this.state = state;
        this.pauses = pauses;
        this.batch = batch;
        this.answers = answers;
        this.relaying = relaying;
    }

    Step receive(ByteBuf frame) {
        view.read(frame);
        Portal portal = server.registry().portal(view.portal());
        if (portal == null || portal.answer == null) {
            return relayExecute(frame, portal);
        }
        if (!leg.isQuiet()) {
            return pauses.untilQuiet();
        }
        if (state.status() == SessionState.FAILED) {
            return batch.failedBlock(frame);
        }
        relaying.executed();
        state.answeredInBatch();
        return run(frame, portal, portal.answer, view.maxRows());
    }

    private Step run(ByteBuf frame, Portal portal, Answer answer, int maxRows) {
        if (answer.isFinished()) {
            frame.release();
            CachedAnswers.commandComplete(batch.buffer(), 0);
            return Step.DONE;
        }
        PreparedStatement statement = portal.statement;
        ShapeEntry entry;
        if (statement == null) {
            entry = null;
        } else {
            entry = statement.entry;
        }
        answers.owns(frame::release);
        answers.send(answer, answer.isStarted() ? null : entry, maxRows, new Rows(frame, portal));
        return Step.DONE;
    }

    private Step relayExecute(ByteBuf frame, @Nullable Portal portal) {
        Classification classification;
        if (portal == null) {
            classification = null;
        } else {
            classification = portal.classification;
        }
        PreparedStatement statement;
        if (portal == null) {
            statement = null;
        } else {
            statement = portal.statement;
        }
        if (statement != null && !leg.isQuiet() && SqlNames.unnames(classification, statement.shape())) {
            return pauses.untilQuiet();
        }
        if (relaying.prepare(classification) == Step.WAIT) {
            return Step.WAIT;
        }
        relaying.executed();
        relaying.sent(
                portal == null ? null : portal.because,
                classification,
                statement == null ? null : statement.entry,
                statement == null ? () -> "" : statement::shape);
        if (statement != null && SqlNames.areIn(classification, statement.shape())) {
            if (state.status() != SessionState.FAILED) {
                server.names().introduceInBatch(statement.shape());
            }
            leg.send(frame, PendingResponse.then(Kind.EXECUTE, server.names().sent(statement.shape())));
        } else {
            leg.send(frame, PendingResponse.EXECUTE);
        }
        // in a failed block an unknown portal is what a failed Bind has left: it runs nothing, but is answered
        boolean nothing = portal == null && state.status() == SessionState.FAILED;
        if (!nothing && state.mayBeReadWrite() && mayEndTransaction(classification)) {
            server.own().pinInBatch();
        }
        return Step.DONE;
    }

    private static boolean mayEndTransaction(@Nullable Classification classification) {
        return classification == null || classification.effects().endsTransaction();
    }

    /** The rows of one Execute; owns the message, not the portal. */
    private final class Rows implements CachedAnswers.Frame {
        private final ByteBuf frame;
        private final Portal portal;

        Rows(ByteBuf frame, Portal portal) {
            this.frame = frame;
            this.portal = portal;
        }

        @Override
        public void begin() {}

        @Override
        public void end(Outcome outcome, long rows) {
            if (outcome == Outcome.DONE) {
                CachedAnswers.commandComplete(batch.buffer(), rows);
            } else if (outcome == Outcome.SUSPENDED) {
                CachedAnswers.suspended(batch.buffer());
            } else if (outcome == Outcome.FAILED) {
                batch.canceled();
            } else {
                batch.skip();
            }
            answers.released();
        }

        @Override
        public Asked asked() {
            return portal.asked();
        }

        @Override
        public void giveUp(String reason) {
            frame.retain();
            answers.released();
            PreparedStatement statement = portal.statement;
            Answer answer = portal.answer;
            if (statement == null || answer == null || answer.isLocal() || answer.isStarted()) {
                batch.fail(frame, "XX000", "the cache gave up: " + reason, null);
                return;
            }
            relaying.sent(Relay.inexact(reason), statement.classification, statement.entry, statement::shape);
            server.own().introduce(portal, statement);
            leg.send(frame, PendingResponse.EXECUTE);
        }
    }
}
