package dev.sqlmem.session;

import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PendingResponse.Kind;
import dev.sqlmem.session.relay.Portal;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.wire.message.Close;
import dev.sqlmem.wire.message.CloseComplete;
import dev.sqlmem.wire.message.Frame;
import io.netty.buffer.ByteBuf;

/** Close of statements and portals. */
final class CloseMessages {
    private final Registry registry;
    private final RelayLeg leg;
    private final Pauses pauses;
    private final Replies replies;

    CloseMessages(ServerSide server, Pauses pauses, Replies replies) {
        this.registry = server.registry();
        this.leg = server.leg();
        this.pauses = pauses;
        this.replies = replies;
    }

    Step receive(ByteBuf frame) {
        Close message = Close.decode(Frame.body(frame));
        if (message.kind() == Close.STATEMENT) {
            return closeStatement(frame, message.name());
        }
        return closePortal(frame, message.name());
    }

    private Step closeStatement(ByteBuf frame, String name) {
        PreparedStatement statement = registry.statement(name);
        if (statement == null) {
            leg.send(frame, PendingResponse.CLOSE);
            return Step.DONE;
        }
        if (statement.upstream) {
            statement.closing = true;
            leg.send(frame, PendingResponse.closing(statement, () -> registry.drop(statement)));
            return Step.DONE;
        }
        if (!leg.isQuiet()) {
            return pauses.untilQuiet();
        }
        registry.drop(statement);
        return closed(frame);
    }

    private Step closePortal(ByteBuf frame, String name) {
        Portal portal = registry.portal(name);
        if (portal == null || !portal.isCached()) {
            registry.closePortal(name);
            leg.send(frame, PendingResponse.noted(Kind.CLOSE, carriedOut -> {
                if (portal != null && registry.portal(name) == null) {
                    registry.add(portal);
                }
            }));
            return Step.DONE;
        }
        if (!leg.isQuiet()) {
            return pauses.untilQuiet();
        }
        registry.closePortal(name);
        return closed(frame);
    }

    private Step closed(ByteBuf frame) {
        frame.release();
        CloseComplete.INSTANCE.encode(replies.buffer());
        return Step.DONE;
    }
}
