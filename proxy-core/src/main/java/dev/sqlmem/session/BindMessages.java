package dev.sqlmem.session;

import dev.sqlmem.plan.Local;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.decision.Decision;
import dev.sqlmem.session.decision.Decision.Refuse;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.decision.Decision.Wait;
import dev.sqlmem.session.decision.Request;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PendingResponse.Kind;
import dev.sqlmem.session.relay.Portal;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.BindComplete;
import dev.sqlmem.wire.message.BindView;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Bind: opens a portal of the cache where that can answer now, else one of the server's. */
final class BindMessages {
    private final ServerSide server;
    private final Registry registry;
    private final RelayLeg leg;
    private final Pauses pauses;
    private final ExtendedBatch batch;
    private final LocalAnswers local;
    private final Relaying relaying;
    private final SessionState state;
    private final BindView view = new BindView();

    BindMessages(
            ServerSide server,
            SessionState state,
            Pauses pauses,
            ExtendedBatch batch,
            LocalAnswers local,
            Relaying relaying) {
        this.server = server;
        this.registry = server.registry();
        this.leg = server.leg();
        this.state = state;
        this.pauses = pauses;
        this.batch = batch;
        this.local = local;
        this.relaying = relaying;
    }

    Step receive(ByteBuf frame) {
        view.read(frame);
        PreparedStatement statement = registry.statement(view.statement());
        if (statement == null) {
            if (view.statement().isEmpty()) {
                return batch.noUnnamed(frame, PendingResponse.BIND);
            }
            return relayBind(frame, null, Relay.UNASKED);
        }
        if (statement.pendingIn != 0 && statement.pendingIn != leg.batch()) {
            return pauses.untilQuiet(); // had Parse failed, the name might mean another statement
        }
        if (!statement.isLocal() && batch.isFailedAndUnknown(statement)) {
            return bindInFailedBlock(frame, statement);
        }
        Decision decision = batch.decide(Request.Step.BIND, statement, view, isTaken(view.portal()));
        if (decision instanceof Decision.Answer answer) {
            return bindHere(frame, statement, answer.whole());
        }
        if (decision instanceof Wait wait) {
            return pauses.on(wait);
        }
        if (decision instanceof Refuse refuse) {
            return batch.refuse(frame, refuse, statement);
        }
        if (decision instanceof Decision.Local) {
            return bindLocal(frame, statement);
        }
        return relayBind(frame, statement, (Relay) decision);
    }

    /** Whether the name may be another portal's, of which only the server can complain. */
    private boolean isTaken(String portal) {
        return !portal.isEmpty()
                && (registry.portal(portal) != null || server.names().mayBeDeclaredBySql());
    }

    private Step bindHere(ByteBuf frame, PreparedStatement statement, Answer answer) {
        registry.add(Portal.cached(view.portal(), statement, answer, frame));
        BindComplete.INSTANCE.encode(batch.buffer());
        return Step.DONE;
    }

    private Step duplicatePortal(ByteBuf frame) {
        return batch.fail(frame, "42P03", "cursor \"" + view.portal() + "\" already exists", null);
    }

    private Step relayBind(ByteBuf frame, @Nullable PreparedStatement statement, Relay because) {
        if (statement != null && relaying.settle(statement.classification) == Step.WAIT) {
            return Step.WAIT;
        }
        Step unbound = introduceNamesake(frame);
        if (unbound != null) {
            return unbound;
        }
        if (statement != null) {
            server.own().ensureParsed(statement);
        }
        relaying.bound(statement == null ? null : statement.classification);
        Portal portal = Portal.upstream(view.portal(), statement);
        portal.batch = leg.batch();
        if (because.isUnasked() && statement != null) {
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

    /** Makes sure that the server finds the name taken as well; returns what became of the message, null: nothing yet. */
    private @Nullable Step introduceNamesake(ByteBuf frame) {
        if (view.portal().isEmpty()) {
            return null;
        }
        Portal taken = registry.portal(view.portal());
        if (taken == null || !taken.isCached()) {
            return null;
        }
        if (!leg.isQuiet()) {
            return pauses.untilQuiet();
        }
        PreparedStatement of = taken.statement;
        if (of == null || of.isLocal() || state.status() == SessionState.FAILED) {
            return duplicatePortal(frame);
        }
        server.own().introduce(taken, of);
        return null;
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
        if (entry == null) {
            return pauses.untilQuiet();
        }
        if (!view.portal().isEmpty() && registry.portal(view.portal()) != null) {
            return duplicatePortal(frame);
        }
        String portal = view.portal();
        local.plan(entry, statement.literals, statement.declared, new LocalAnswers.Plan() {
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
        local.rows(plan, statement.literals, view, binary, new LocalAnswers.Done() {
            @Override
            public void answered(Answer answer) {
                registry.add(Portal.cached(portal, statement, answer, frame));
                BindComplete.INSTANCE.encode(batch.buffer());
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                batch.fail(frame, sqlState, message, hint);
            }
        });
    }
}
