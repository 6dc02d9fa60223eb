package dev.sqlmem.session;

import dev.sqlmem.session.Conversation.Step;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.PendingResponse.Kind;
import dev.sqlmem.session.relay.Portal;
import dev.sqlmem.session.relay.PreparedStatement;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.wire.message.Close;
import dev.sqlmem.wire.message.CloseComplete;
import dev.sqlmem.wire.message.Frame;
import io.netty.buffer.ByteBuf;

/** Close of statements and portals. */
final class CloseMessages {
    private final Conversation conversation;
    private final Registry registry;
    private final RelayLeg leg;

    CloseMessages(Conversation conversation) {
        this.conversation = conversation;
        this.registry = conversation.registry;
        this.leg = conversation.leg;
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
            return conversation.awaitQuiet();
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
            return conversation.awaitQuiet();
        }
        registry.closePortal(name);
        return closed(frame);
    }

    private Step closed(ByteBuf frame) {
        frame.release();
        CloseComplete.INSTANCE.encode(conversation.output.buffer());
        return Step.DONE;
    }
}
