package dev.sqlmem.session;

import dev.sqlmem.plan.Local;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.session.decision.Decision;
import dev.sqlmem.session.decision.Decision.Refuse;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.decision.Decision.Wait;
import dev.sqlmem.session.decision.Request;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.Portal;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.Describe;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ParameterDescription;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Describe of statements and portals. */
final class DescribeMessages {
    private final ServerSide server;
    private final Registry registry;
    private final RelayLeg leg;
    private final SessionState state;
    private final Pauses pauses;
    private final ExtendedBatch batch;
    private final LocalAnswers local;

    DescribeMessages(ServerSide server, SessionState state, Pauses pauses, ExtendedBatch batch, LocalAnswers local) {
        this.server = server;
        this.registry = server.registry();
        this.leg = server.leg();
        this.state = state;
        this.pauses = pauses;
        this.batch = batch;
        this.local = local;
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
            return pauses.untilQuiet();
        }
        if (state.status() == SessionState.FAILED) {
            return batch.failedBlock(frame);
        }
        frame.release();
        TranslatedQuery read = portal.answer.read();
        read.description().write(batch.buffer(), portal.binary());
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
        if (!statement.isLocal() && batch.isFailedAndUnknown(statement)) {
            return batch.failedBlock(frame);
        }
        Decision decision = batch.decide(Request.Step.DESCRIBE, statement, null, false);
        if (decision instanceof Decision.Answer answer) {
            frame.release();
            described(statement, answer.plan().read());
            return Step.DONE;
        }
        if (decision instanceof Wait wait) {
            return pauses.on(wait);
        }
        if (decision instanceof Refuse refuse) {
            parameters(statement);
            return batch.refuse(frame, refuse, statement);
        }
        if (decision instanceof Decision.Local) {
            return describeLocal(frame, statement);
        }
        return relayDescribe(frame, statement, (Relay) decision);
    }

    private Step relayDescribe(ByteBuf frame, PreparedStatement statement, Relay because) {
        PendingResponse expect = PendingResponse.DESCRIBE;
        if (statement.told != null && !because.isUnasked() && because.why() != RelayReason.WAITED) {
            // the server tells the parameters before it finds out that the rows have changed
            parameters(statement);
            expect = PendingResponse.DESCRIBE_ROWS;
        }
        server.own().ensureParsed(statement);
        leg.send(frame, expect);
        return Step.DONE;
    }

    /** Tells the parameters as the client knows them. */
    private void parameters(PreparedStatement statement) {
        TranslatedQuery told = statement.told;
        if (told != null) {
            new ParameterDescription(told.parameterTypes()).encode(batch.buffer());
        }
    }

    private Step describeLocal(ByteBuf frame, PreparedStatement statement) {
        ShapeEntry entry = statement.entry;
        if (entry == null) {
            return pauses.untilQuiet();
        }
        local.plan(entry, statement.literals, statement.declared, new LocalAnswers.Plan() {
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
        ByteBuf out = batch.buffer();
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
