package dev.sqlmem.session;

import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.Local;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.decision.Decision;
import dev.sqlmem.session.decision.Decision.Refuse;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.decision.Decision.Wait;
import dev.sqlmem.session.decision.Request;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PendingResponse.Kind;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.wire.message.ParseComplete;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Parse: a statement is parsed upstream only when it must run there. */
final class ParseMessages {
    private final ServerSide server;
    private final Registry registry;
    private final RelayLeg leg;
    private final ParsedStatements parsed;
    private final Pauses pauses;
    private final ExtendedBatch batch;
    private final LocalAnswers local;
    private final Relaying relaying;

    ParseMessages(
            ServerSide server,
            ParsedStatements parsed,
            Pauses pauses,
            ExtendedBatch batch,
            LocalAnswers local,
            Relaying relaying) {
        this.server = server;
        this.registry = server.registry();
        this.leg = server.leg();
        this.parsed = parsed;
        this.pauses = pauses;
        this.batch = batch;
        this.local = local;
        this.relaying = relaying;
    }

    Step receive(ByteBuf frame) {
        PreparedStatement statement = sameUnnamed(frame);
        if (statement == null) {
            statement = parsed.read(frame);
        }
        Decision decision = batch.decide(Request.Step.PARSE, statement, null, isTaken(statement.name));
        if (decision instanceof Decision.Answer answer) {
            return parseHere(frame, statement, answer.plan());
        }
        if (decision instanceof Wait wait) {
            return pauses.on(wait);
        }
        if (decision instanceof Refuse refuse) {
            return batch.refuse(frame, refuse, statement);
        }
        if (decision instanceof Decision.Local) {
            return parseLocal(frame, statement);
        }
        return relayParse(frame, statement, (Relay) decision);
    }

    /** Whether the name may be another statement's, of which only the server can complain. */
    private boolean isTaken(String name) {
        return !name.isEmpty()
                && (registry.statement(name) != null || server.names().mayBePreparedBySql());
    }

    /** Drivers without named statements parse the same text again and again. */
    private @Nullable PreparedStatement sameUnnamed(ByteBuf frame) {
        PreparedStatement unnamed = registry.statement("");
        if (unnamed == null
                || !unnamed.isCandidate()
                || leg.isBatchOpen()
                || !leg.isQuiet()
                || pauses.hasGivenUp()
                || !ParsedStatements.isSame(unnamed, frame)) {
            return null;
        }
        return unnamed;
    }

    private Step parseHere(ByteBuf frame, PreparedStatement statement, CachedPlan plan) {
        statement.told = plan.read();
        registry.add(statement);
        frame.release();
        ParseComplete.INSTANCE.encode(batch.buffer());
        return Step.DONE;
    }

    private Step relayParse(ByteBuf frame, PreparedStatement statement, Relay because) {
        if (relaying.settle(statement.classification) == Step.WAIT) {
            return Step.WAIT;
        }
        PreparedStatement taken = registry.statement(statement.name);
        boolean named = !statement.name.isEmpty();
        if (taken != null && !taken.closing && named) {
            server.own().ensureParsed(taken); // so that the server finds the name taken as well
        }
        PreparedStatement unnamedBefore = leg.unnamed();
        registry.parsing(statement, leg.batch());
        statement.parsedUpstream(because, leg.batch());
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
        if (!statement.name.isEmpty() && registry.statement(statement.name) != null) {
            return batch.fail(frame, "42P05", "prepared statement \"" + statement.name + "\" already exists", null);
        }
        ShapeEntry entry = statement.entry;
        if (entry == null) {
            return batch.fail(frame, "0A000", "UnsupportedQueryError: such literals with sqlmem.*", null);
        }
        local.plan(entry, statement.literals, statement.declared, new LocalAnswers.Plan() {
            @Override
            public void planned(Local plan) {
                frame.release();
                registry.add(statement);
                ParseComplete.INSTANCE.encode(batch.buffer());
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                batch.fail(frame, sqlState, message, hint);
            }
        });
        return Step.DONE;
    }
}
