package dev.sqlmem.session;

import dev.sqlmem.plan.Local;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.session.Conversation.Step;
import dev.sqlmem.session.decision.Admission.Known;
import dev.sqlmem.session.decision.Admission.Verdict;
import dev.sqlmem.session.decision.Admission.Wait;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.Portal;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.Describe;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ParameterDescription;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Describe of statements and portals. */
final class DescribeMessages {
    private final Conversation conversation;
    private final Registry registry;
    private final RelayLeg leg;
    private final ExtendedBatch batch;

    DescribeMessages(Conversation conversation, ExtendedBatch batch) {
        this.conversation = conversation;
        this.registry = conversation.registry;
        this.leg = conversation.leg;
        this.batch = batch;
    }

    Step receive(ByteBuf frame) {
        Describe message = Describe.decode(Frame.body(frame));
        if (message.kind() == Describe.STATEMENT) {
            return describeStatement(
                    frame, registry.statement(message.name()), message.name().isEmpty());
        }
        return describePortal(frame, registry.portal(message.name()));
    }

    private Step describePortal(ByteBuf frame, @Nullable Portal portal) {
        if (portal == null || portal.answer == null) {
            leg.send(frame, PendingResponse.DESCRIBE);
            return Step.DONE;
        }
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        if (conversation.state.status() == SessionState.FAILED) {
            return batch.failedBlock(frame);
        }
        frame.release();
        TranslatedQuery read = portal.answer.read();
        read.description().write(conversation.output.buffer(), portal.binary);
        tell(portal.statement, read);
        return Step.DONE;
    }

    private Step describeStatement(ByteBuf frame, @Nullable PreparedStatement statement, boolean unnamed) {
        if (statement == null && unnamed) {
            return batch.noUnnamed(frame, PendingResponse.DESCRIBE);
        }
        if (statement == null) {
            leg.send(frame, PendingResponse.DESCRIBE);
            return Step.DONE;
        }
        if (statement.isLocal()) {
            return describeLocal(frame, statement);
        }
        if (batch.isFailedAndUnknown(statement)) {
            return batch.failedBlock(frame);
        }
        if (batch.mayServe(statement)) {
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
            if (verdict instanceof Known known) {
                return describeHere(frame, statement, known.plan().read());
            }
            TranslatedQuery told = statement.told;
            if (told != null) {
                // the server tells the parameters before it finds out that the rows have changed
                new ParameterDescription(told.parameterTypes()).encode(conversation.output.buffer());
                conversation.own.ensureParsed(statement);
                leg.send(frame, PendingResponse.DESCRIBE_ROWS);
                return Step.DONE;
            }
        }
        conversation.own.ensureParsed(statement);
        leg.send(frame, PendingResponse.DESCRIBE);
        return Step.DONE;
    }

    private Step describeHere(ByteBuf frame, PreparedStatement statement, TranslatedQuery read) {
        TranslatedQuery told = statement.told;
        if (told != null && !told.description().isSameRow(read.description())) {
            new ParameterDescription(told.parameterTypes()).encode(conversation.output.buffer());
            return batch.fail(frame, "0A000", "cached plan must not change result type", null);
        }
        frame.release();
        described(statement, read);
        return Step.DONE;
    }

    private Step describeLocal(ByteBuf frame, PreparedStatement statement) {
        ShapeEntry entry = statement.entry;
        if (!leg.isQuiet() || entry == null) {
            return conversation.awaitQuiet();
        }
        batch.local().plan(entry, statement.literals, statement.declared, new LocalAnswers.Plan() {
            @Override
            public void planned(Local plan) {
                frame.release();
                described(statement, plan.read());
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                batch.fail(frame, sqlState, message, hint);
            }
        });
        return Step.DONE;
    }

    private void described(PreparedStatement statement, TranslatedQuery read) {
        ByteBuf out = conversation.output.buffer();
        new ParameterDescription(read.parameterTypes()).encode(out);
        read.description().write(out, null);
        tell(statement, read);
    }

    private static void tell(@Nullable PreparedStatement statement, TranslatedQuery read) {
        if (statement != null) {
            statement.told = read;
        }
    }
}
