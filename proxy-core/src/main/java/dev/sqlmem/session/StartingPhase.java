package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.session.relay.TunnelWrites;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.wire.message.BackendKeyData;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ParameterStatus;
import dev.sqlmem.wire.message.ReadyForQuery;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The client is who it says. The server reports its parameters up to its first ReadyForQuery, and what is
 * known of the database is made ready.
 */
final class StartingPhase extends UpstreamPhase {
    private static final Logger LOG = LogManager.getLogger(StartingPhase.class);

    private final SessionUpstream upstream;
    private final PendingLogin login;
    private @Nullable BackendKeyData serverKey;
    private volatile @Nullable Database database;

    StartingPhase(SessionParts parts, SessionUpstream upstream, PendingLogin login, RelayConnection server) {
        super(parts, server);
        this.upstream = upstream;
        this.login = login;
    }

    @Override
    void receive(Object message) {
        login.keep(message);
    }

    @Override
    void frame(ByteBuf frame) {
        switch (Frame.tag(frame)) {
            case Tag.BACKEND_KEY_DATA -> {
                serverKey = BackendKeyData.decode(Frame.body(frame));
                frame.release();
            }
            case Tag.PARAMETER_STATUS -> {
                ParameterStatus status = ParameterStatus.decode(Frame.body(frame));
                parts.state().report(status.name(), status.value());
                parts.output().relay(frame);
            }
            case Tag.READY_FOR_QUERY -> {
                frame.release();
                loggedIn();
            }
            default -> parts.output().relay(frame);
        }
    }

    private void loggedIn() {
        login.succeeded();
        upstream.databases().upstream().answered();
        parts.turns()
                .issueKey(login.terms().cancelKeyLength())
                .encode(parts.output().buffer());
        if (login.terms().isReplication()) {
            tunnel();
        } else {
            open(named());
        }
    }

    private Database named() {
        return upstream.databases().database(login.terms().database());
    }

    private void open(Database named) {
        database = named;
        named.open()
                .whenComplete((done, failure) -> parts.channel().eventLoop().execute(() -> {
                    if (failure != null) {
                        LOG.info("the service account cannot read database {}: {}", named.name(), failure.getMessage());
                    }
                    if (!parts.turns().isClosed()) {
                        converse(named);
                    }
                }));
    }

    private void tunnel() {
        TunnelWrites writes;
        if (login.terms().isLogicalReplication()) {
            writes = new TunnelWrites(named());
        } else {
            writes = null;
        }
        TunnelPhase next = new TunnelPhase(parts, server, writes);
        parts.turns().become(next);
        new ReadyForQuery(SessionState.IDLE).encode(parts.output().buffer());
        login.replay(next::receive);
        server.flush();
        parts.output().flush();
    }

    private void converse(Database named) {
        ConversationPhase next = new ConversationPhase(parts, server, named, upstream.connector(), serverKey);
        parts.turns().become(next);
        next.begin(login);
    }

    @Override
    void release() {
        login.close();
        parts.output().discard();
    }

    @Override
    String state() {
        return "login";
    }

    @Override
    @Nullable
    Database database() {
        return database;
    }
}
