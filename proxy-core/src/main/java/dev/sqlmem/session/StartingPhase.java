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

    StartingPhase(Client client, SessionUpstream upstream, PendingLogin login, RelayConnection server) {
        super(client, server);
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
                client.state().report(status.name(), status.value());
                client.output().relay(frame);
            }
            case Tag.READY_FOR_QUERY -> {
                frame.release();
                loggedIn();
            }
            default -> client.output().relay(frame);
        }
    }

    private void loggedIn() {
        login.succeeded();
        upstream.databases().upstream().answered();
        client.turns()
                .issueKey(login.terms().cancelKeyLength())
                .encode(client.output().buffer());
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
                .whenComplete((done, failure) -> client.channel().eventLoop().execute(() -> {
                    if (failure != null) {
                        LOG.info("the service account cannot read database {}: {}", named.name(), failure.getMessage());
                    }
                    if (!client.turns().isClosed()) {
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
        TunnelPhase next = new TunnelPhase(client, server, writes);
        client.turns().become(next);
        new ReadyForQuery(SessionState.IDLE).encode(client.output().buffer());
        login.replay(next::receive);
        server.flush();
        client.output().flush();
    }

    private void converse(Database named) {
        ConversationPhase next = new ConversationPhase(client, server, named, upstream.connector(), serverKey);
        client.turns().become(next);
        next.begin(login);
    }

    @Override
    void release() {
        login.close();
        client.output().discard();
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
