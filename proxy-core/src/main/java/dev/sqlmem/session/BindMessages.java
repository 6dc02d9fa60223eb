package dev.sqlmem.session;

import dev.sqlmem.plan.Local;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.session.Conversation.Step;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Arguments;
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
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.BindComplete;
import dev.sqlmem.wire.message.BindView;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Bind: opens a portal of the cache where that can answer now, else one of the server's. */
final class BindMessages {
    private final Conversation conversation;
    private final Registry registry;
    private final RelayLeg leg;
    private final ExtendedBatch batch;
    private final BindView view = new BindView();

    BindMessages(Conversation conversation, ExtendedBatch batch) {
        this.conversation = conversation;
        this.registry = conversation.registry;
        this.leg = conversation.leg;
        this.batch = batch;
    }

    Step receive(ByteBuf frame) {
        view.read(frame);
        PreparedStatement statement = registry.statement(view.statement());
        if (statement == null) {
            if (view.statement().isEmpty()) {
                return batch.noUnnamed(frame, PendingResponse.BIND);
            }
            return relayBind(frame, null);
        }
        if (statement.isLocal()) {
            return bindLocal(frame, statement);
        }
        if (statement.pendingIn != 0 && statement.pendingIn != leg.batch()) {
            return conversation.awaitQuiet(); // had Parse failed, the name might mean another statement
        }
        if (batch.isFailedAndUnknown(statement)) {
            return bindInFailedBlock(frame, statement);
        }
        if (batch.mayServe(statement)) {
            Step step = tryBind(frame, statement);
            if (step != null) {
                return step;
            }
        }
        return relayBind(frame, statement);
    }

    @SuppressWarnings("ReferenceEquality") // the same plan needs no comparison
    private @Nullable Step tryBind(ByteBuf frame, PreparedStatement statement) {
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        SessionSettings standing = conversation.state.standing();
        if (standing == null) {
            return conversation.settle();
        }
        Verdict verdict = batch.plan(statement, standing);
        if (verdict instanceof Known known) {
            TranslatedQuery told = statement.told;
            if (told != null
                    && told != known.plan().read()
                    && !told.description().isSameRow(known.plan().read().description())) {
                return batch.fail(frame, "0A000", "cached plan must not change result type", null);
            }
            verdict = conversation.admission.admit(known.plan(), standing);
        }
        if (verdict instanceof Wait wait) {
            return conversation.waiting.await(wait.until(), wait.load());
        }
        conversation.waiting.because(verdict);
        if (verdict instanceof Admit admit) {
            return bindHere(frame, statement, admit);
        }
        return null;
    }

    private @Nullable Step bindHere(ByteBuf frame, PreparedStatement statement, Admit admit) {
        TranslatedQuery read = admit.plan().read();
        Portal same;
        if (view.portal().isEmpty()) {
            same = null;
        } else {
            same = registry.portal(view.portal());
        }
        if (same != null
                || (!view.portal().isEmpty() && conversation.names.mayBeDeclaredBySql())
                || view.parameters() != read.parameterTypes().size()
                || !view.hasValidFormats(read.outputs().size())) {
            admit.leased().release();
            return null;
        }
        boolean[] binary = view.binaryResults(read.outputs().size());
        RowWriter writer = new RowWriter(read.outputs(), binary, admit.settings());
        if (!writer.isExact()) {
            admit.leased().release();
            conversation.waiting.because(Decline.inexact(RowWriter.NOT_EXACT));
            return null;
        }
        Arguments arguments;
        try {
            arguments = OrderKeyArguments.inline(
                    new Binder(statement.literals, view, admit.settings()).arguments(read.bindings()),
                    admit.leased(),
                    conversation.slot,
                    conversation.database);
        } catch (NotExactException e) {
            admit.leased().release();
            conversation.waiting.because(Decline.inexact(e.getMessage()));
            return null;
        }
        Answer answer = Answer.cached(admit, arguments, writer, conversation.waiting.loadAwaited());
        registry.add(Portal.cached(view.portal(), statement, answer, binary, frame));
        BindComplete.INSTANCE.encode(conversation.output.buffer());
        return Step.DONE;
    }

    private Step duplicatePortal(ByteBuf frame) {
        return batch.fail(frame, "42P03", "cursor \"" + view.portal() + "\" already exists", null);
    }

    private Step relayBind(ByteBuf frame, @Nullable PreparedStatement statement) {
        if (statement != null && conversation.writes.settle(statement.classification) == Step.WAIT) {
            return Step.WAIT;
        }
        String name = view.portal();
        Portal taken;
        if (name.isEmpty()) {
            taken = null;
        } else {
            taken = registry.portal(name);
        }
        if (taken != null && taken.isCached()) {
            if (!leg.isQuiet()) {
                return conversation.awaitQuiet();
            }
            PreparedStatement of = taken.statement;
            if (of == null || of.isLocal() || conversation.state.status() == SessionState.FAILED) {
                return duplicatePortal(frame);
            }
            conversation.own.introduce(taken, of); // so that the server finds the name taken as well
        }
        if (statement != null) {
            conversation.own.ensureParsed(statement);
        }
        conversation.state.bound(statement == null ? null : statement.classification);
        Portal portal = Portal.upstream(name, statement);
        portal.batch = leg.batch();
        Decline because = conversation.waiting.because();
        if (because == null && statement != null) {
            portal.because = statement.becauseIn(portal.batch);
        } else {
            portal.because = because;
        }
        Portal before = registry.replace(portal);
        leg.send(
                frame,
                new PendingResponse(
                        Kind.BIND,
                        false,
                        carriedOut -> registry.putBack(portal, before),
                        before == null ? null : before::close));
        return Step.DONE;
    }

    private Step bindInFailedBlock(ByteBuf frame, PreparedStatement statement) {
        TranslatedQuery told = statement.told;
        if (told == null || view.parameters() == told.parameterTypes().size()) {
            return batch.failedBlock(frame);
        }
        return wrongCount(frame, statement, told);
    }

    private Step wrongCount(ByteBuf frame, PreparedStatement statement, TranslatedQuery read) {
        return batch.fail(
                frame,
                "08P01",
                "bind message supplies " + view.parameters() + " parameters, but prepared statement \""
                        + statement.name + "\" requires "
                        + read.parameterTypes().size(),
                null);
    }

    private Step bindLocal(ByteBuf frame, PreparedStatement statement) {
        ShapeEntry entry = statement.entry;
        if (!leg.isQuiet() || entry == null) {
            return conversation.awaitQuiet();
        }
        if (!view.portal().isEmpty() && registry.portal(view.portal()) != null) {
            return duplicatePortal(frame);
        }
        String portal = view.portal();
        batch.local().plan(entry, statement.literals, statement.declared, new LocalAnswers.Plan() {
            @Override
            public void planned(Local plan) {
                bindRows(frame, portal, statement, plan);
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                batch.fail(frame, sqlState, message, hint);
            }
        });
        return Step.DONE;
    }

    private void bindRows(ByteBuf frame, String portal, PreparedStatement statement, Local plan) {
        view.read(frame);
        TranslatedQuery read = plan.read();
        if (view.parameters() != read.parameterTypes().size()
                || !view.hasValidFormats(read.outputs().size())) {
            wrongCount(frame, statement, read);
            return;
        }
        boolean[] binary = view.binaryResults(read.outputs().size());
        batch.local().rows(plan, statement.literals, view, binary, new LocalAnswers.Done() {
            @Override
            public void answered(Answer answer) {
                registry.add(Portal.cached(portal, statement, answer, binary, frame));
                BindComplete.INSTANCE.encode(conversation.output.buffer());
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                batch.fail(frame, sqlState, message, hint);
            }
        });
    }
}
