package dev.sqlmem.session;

import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.Local;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.Conversation.Step;
import dev.sqlmem.session.answer.Binder;
import dev.sqlmem.session.decision.Admission.Decline;
import dev.sqlmem.session.decision.Admission.Known;
import dev.sqlmem.session.decision.Admission.Verdict;
import dev.sqlmem.session.decision.Admission.Wait;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PendingResponse.Kind;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.Refusal;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.wire.message.ParseComplete;
import dev.sqlmem.wire.message.ParseView;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Parse: a statement is parsed upstream only when it must run there. */
final class ParseMessages {
    private final Conversation conversation;
    private final Registry registry;
    private final RelayLeg leg;
    private final ExtendedBatch batch;
    private final ParseView view = new ParseView();

    ParseMessages(Conversation conversation, ExtendedBatch batch) {
        this.conversation = conversation;
        this.registry = conversation.registry;
        this.leg = conversation.leg;
        this.batch = batch;
    }

    Step receive(ByteBuf frame) {
        view.read(frame);
        PreparedStatement same;
        if (view.isUnnamed()) {
            same = sameUnnamed(frame);
        } else {
            same = null;
        }
        if (same != null && !leg.isBatchOpen() && leg.isQuiet() && conversation.waiting.declined() == null) {
            return parseAgain(frame, same);
        }
        String name = view.name();
        Lookup lookup = conversation.lookup;
        lookup.find(frame, view.queryIndex(), view.queryLength());
        Classification classification = lookup.classification();
        Refusal refusal;
        if (conversation.context.readOnly()) {
            refusal = classification.refusal();
        } else {
            refusal = null;
        }
        if (refusal != null) {
            return refuse(frame, refusal, lookup.entry());
        }
        PreparedStatement statement = new PreparedStatement(
                name,
                ByteBufUtil.getBytes(frame),
                classification,
                HeldLiterals.of(lookup.shape()),
                view.parameterTypes());
        statement.entry = lookup.entry();
        SessionSettings standing = conversation.state.standing();
        if (standing == null) {
            statement.space = null;
        } else {
            statement.space = standing.space();
        }
        if (statement.isLocal()) {
            return parseLocal(frame, statement);
        }
        boolean taken =
                !name.isEmpty() && (registry.statement(name) != null || conversation.names.mayBePreparedBySql());
        if (batch.mayServe(statement) && !taken) {
            Step step = tryParse(frame, statement);
            if (step != null) {
                return step;
            }
        }
        return relayParse(frame, statement);
    }

    /** Drivers without named statements parse the same text again and again. */
    private @Nullable PreparedStatement sameUnnamed(ByteBuf frame) {
        PreparedStatement unnamed = registry.statement("");
        if (unnamed == null || unnamed.parse.length != frame.readableBytes() || !unnamed.isCandidate()) {
            return null;
        }
        if (ByteBufUtil.equals(Unpooled.wrappedBuffer(unnamed.parse), frame)) {
            return unnamed;
        }
        return null;
    }

    private Step parseAgain(ByteBuf frame, PreparedStatement statement) {
        Step step = tryParse(frame, statement);
        if (step == null) {
            return relayParse(frame, statement);
        }
        return step;
    }

    /** Answers Parse here where the statement has a plan for the cache; null: it goes upstream. */
    private @Nullable Step tryParse(ByteBuf frame, PreparedStatement statement) {
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        SessionSettings standing = conversation.state.standing();
        if (standing == null) {
            return conversation.settle();
        }
        Verdict verdict = batch.plan(statement, standing);
        if (verdict instanceof Wait wait) {
            return conversation.waiting.await(wait.until(), wait.load());
        }
        conversation.waiting.because(verdict);
        if (!(verdict instanceof Known known) || !literalsAreExact(known.plan(), statement, standing)) {
            return null;
        }
        statement.told = known.plan().read();
        registry.add(statement);
        frame.release();
        ParseComplete.INSTANCE.encode(conversation.output.buffer());
        return Step.DONE;
    }

    /** Whether the server would find nothing wrong with the literals, which it reads when it parses. */
    private boolean literalsAreExact(CachedPlan plan, PreparedStatement statement, SessionSettings standing) {
        try {
            new Binder(statement.literals, null, conversation.admission.plain(standing))
                    .checkLiterals(plan.read().bindings());
            return true;
        } catch (NotExactException e) {
            conversation.waiting.because(Decline.inexact(e.getMessage()));
            return false;
        }
    }

    private Step relayParse(ByteBuf frame, PreparedStatement statement) {
        if (conversation.writes.settle(statement.classification) == Step.WAIT) {
            return Step.WAIT;
        }
        PreparedStatement taken = registry.statement(statement.name);
        boolean named = !statement.name.isEmpty();
        if (taken != null && !taken.closing && named) {
            conversation.own.ensureParsed(taken); // so that the server finds the name taken as well
        }
        PreparedStatement unnamedBefore = leg.unnamed();
        registry.parsing(statement, leg.batch());
        statement.parsedUpstream(conversation.waiting.because(), leg.batch());
        leg.send(
                frame,
                new PendingResponse(
                        Kind.PARSE,
                        false,
                        carriedOut -> {
                            boolean current = leg.unnamed() == statement;
                            leg.unparsed(statement);
                            registry.notParsed(statement, carriedOut);
                            if (current && !carriedOut) {
                                leg.unnamed(unnamedBefore);
                            }
                        },
                        () -> registry.parsed(statement)));
        leg.parsed(statement);
        return Step.DONE;
    }

    private Step parseLocal(ByteBuf frame, PreparedStatement statement) {
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        if (!statement.name.isEmpty() && registry.statement(statement.name) != null) {
            return batch.fail(frame, "42P05", "prepared statement \"" + statement.name + "\" already exists", null);
        }
        ShapeEntry entry = statement.entry;
        if (entry == null) {
            return batch.fail(frame, "0A000", "UnsupportedQueryError: such literals with sqlmem.*", null);
        }
        batch.local().plan(entry, statement.literals, statement.declared, new LocalAnswers.Plan() {
            @Override
            public void planned(Local plan) {
                frame.release();
                registry.add(statement);
                ParseComplete.INSTANCE.encode(conversation.output.buffer());
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                batch.fail(frame, sqlState, message, hint);
            }
        });
        return Step.DONE;
    }

    private Step refuse(ByteBuf frame, Refusal refusal, @Nullable ShapeEntry entry) {
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        conversation.context.counters().refused.increment();
        if (StatementLog.isOn()) {
            conversation.log.refused(refusal, entry);
        }
        if (entry != null) {
            entry.counters().refused();
        }
        return batch.fail(frame, refusal.sqlState(), refusal.message(), refusal.hint());
    }
}
