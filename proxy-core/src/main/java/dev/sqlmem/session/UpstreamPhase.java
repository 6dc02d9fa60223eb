package dev.sqlmem.session;

import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.Terminate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** A phase with an upstream connection: what it does where nothing else is said is to pass things on. */
abstract sealed class UpstreamPhase extends Phase
        permits AuthenticatingPhase, StartingPhase, TunnelPhase, ConversationPhase {
    final SessionParts parts;
    final RelayConnection server;

    UpstreamPhase(SessionParts parts, RelayConnection server) {
        this.parts = parts;
        this.server = server;
    }

    @Override
    void readComplete() {
        server.flush();
    }

    @Override
    void writabilityChanged() {
        server.reading(parts.channel().isWritable());
    }

    @Override
    void rows(ByteBuf bytes) {
        parts.output().relay(bytes);
    }

    @Override
    void upstreamReadComplete() {
        parts.output().flush();
    }

    @Override
    void upstreamWritabilityChanged() {
        RelayConnection.reading(parts.channel(), server.isWritable());
    }

    @Override
    void upstreamClosed() {
        parts.turns().fatal("08006", "the upstream server has closed the connection", null);
    }

    @Override
    void drain() {
        parts.turns().fatal("57P01", "terminating connection: the proxy is shutting down", null);
    }

    @Override
    String upstream() {
        return server.address();
    }

    @Override
    @Nullable
    Runnable end() {
        release();
        if (!server.isOpen()) {
            return null;
        }
        if (understandsTerminate()) {
            ByteBuf frame = Unpooled.buffer(Frame.HEADER);
            Terminate.INSTANCE.encode(frame);
            server.write(frame);
            server.flush();
        }
        Runnable pending = pendingWrites();
        if (pending == null) {
            server.close();
        } else { // the server goes on with them, and may commit them yet
            server.reading(true);
            server.endOutput();
        }
        return pending;
    }

    /** Frees what the phase holds, the upstream connection excepted. */
    abstract void release();

    /** Whether the server takes messages for what they are. */
    boolean understandsTerminate() {
        return true;
    }

    /** What to do at the end of the writes that are under way; null where there are none. */
    @Nullable
    Runnable pendingWrites() {
        return null;
    }
}
