package dev.sqlmem.session;

import dev.sqlmem.session.relay.TunnelWrites;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.wire.codec.FrameChunk;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A replication connection: everything goes straight through, both ways. */
final class TunnelPhase extends UpstreamPhase {
    private final @Nullable TunnelWrites writes;

    /** {@code writes} watches the SQL that may be among the commands; null where there can be none. */
    TunnelPhase(SessionParts parts, RelayConnection server, @Nullable TunnelWrites writes) {
        super(parts, server);
        this.writes = writes;
    }

    @Override
    void receive(Object message) {
        if (message instanceof FrameChunk chunk) {
            server.write(chunk.content());
            return;
        }
        ByteBuf frame = (ByteBuf) message;
        if (writes != null) {
            writes.sent(frame);
        }
        server.write(frame);
    }

    @Override
    void readComplete() {
        server.flush();
        RelayConnection.reading(parts.channel(), server.isWritable());
    }

    @Override
    void frame(ByteBuf frame) {
        if (writes != null) {
            writes.received(frame);
        }
        parts.output().relay(frame);
    }

    @Override
    @Nullable
    Runnable pendingWrites() {
        TunnelWrites watched = writes;
        if (watched == null || !watched.isPending()) {
            return null;
        }
        watched.changed();
        return watched::changed;
    }

    @Override
    void release() {
        parts.output().discard();
    }

    @Override
    String state() {
        return "replication";
    }
}
