package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.upstream.relay.RelayConnector;
import dev.sqlmem.wire.message.BackendKeyData;
import dev.sqlmem.wire.message.CancelRequest;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The client asks and is answered: all of it is a {@link Conversation}. */
final class ConversationPhase extends UpstreamPhase {
    private final Database database;
    private final RelayConnector connector;
    private final @Nullable BackendKeyData serverKey;
    private final Conversation conversation;

    /** {@code serverKey} is what cancels at the server; null where it gave none. */
    ConversationPhase(
            SessionParts parts,
            RelayConnection server,
            Database database,
            RelayConnector connector,
            @Nullable BackendKeyData serverKey) {
        super(parts, server);
        this.database = database;
        this.connector = connector;
        this.serverKey = serverKey;
        this.conversation = new Conversation(parts, database, server);
    }

    /** Asks for the session's settings and lets the client go on. What it sent early comes before all else. */
    void begin(PendingLogin login) {
        conversation.settleFirst(() -> {
            conversation.readyForQuery();
            conversation.flush();
        });
        login.replay(conversation::receive);
        conversation.flush();
    }

    @Override
    void receive(Object message) {
        conversation.receive(message);
    }

    @Override
    void readComplete() {
        conversation.flush();
    }

    @Override
    void writabilityChanged() {
        super.writabilityChanged();
        if (parts.channel().isWritable()) {
            conversation.answers.writable();
        }
    }

    @Override
    void frame(ByteBuf frame) {
        conversation.leg.receive(frame);
    }

    @Override
    void lastWord(ByteBuf frame) {
        parts.output().relay(frame);
    }

    @Override
    void rows(ByteBuf bytes) {
        conversation.leg.receiveRows(bytes);
    }

    @Override
    void upstreamReadComplete() {
        conversation.flush();
        conversation.drainIfIdle();
    }

    @Override
    void upstreamWritabilityChanged() {
        conversation.flush();
    }

    @Override
    void drain() {
        conversation.drain();
    }

    @Override
    void cancel(CompletableFuture<Void> done) {
        BackendKeyData key = serverKey;
        if (!conversation.isRelaying()) {
            conversation.cancel();
            done.complete(null);
        } else if (key == null) {
            done.complete(null);
        } else {
            ByteBuf request = parts.channel().alloc().buffer();
            new CancelRequest(key.pid(), key.key()).encode(request);
            conversation.waiting.cancelOnItsWay(done);
            connector.sendCancel(parts.channel().eventLoop(), request, () -> done.complete(null));
        }
    }

    @Override
    void explain(String sql, CompletableFuture<List<List<String>>> result) {
        conversation.explain(sql, result);
    }

    @Override
    @Nullable
    Runnable pendingWrites() {
        if (conversation.writes.isPending()) {
            return conversation.writes::committed;
        }
        return null;
    }

    @Override
    void release() {
        conversation.close();
    }

    @Override
    String state() {
        return conversation.describeState();
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    long statements() {
        return conversation.statements();
    }
}
