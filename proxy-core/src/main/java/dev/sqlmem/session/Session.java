package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.database.Databases;
import dev.sqlmem.session.relay.ClientOutput;
import dev.sqlmem.session.relay.TunnelWrites;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.upstream.relay.RelayConnector;
import dev.sqlmem.upstream.relay.RelayListener;
import dev.sqlmem.upstream.url.ConnectionAdvice;
import dev.sqlmem.wire.codec.FrameChunk;
import dev.sqlmem.wire.codec.FrameRun;
import dev.sqlmem.wire.message.BackendKeyData;
import dev.sqlmem.wire.message.CancelRequest;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.NegotiateProtocolVersion;
import dev.sqlmem.wire.message.ParameterStatus;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.StartupMessage;
import dev.sqlmem.wire.message.Tag;
import dev.sqlmem.wire.message.Terminate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One client with its own upstream session. First a {@link Login} that the two sides have between
 * themselves, then a {@link Conversation}. Everything runs on the client's event loop, except for the
 * methods of {@link SessionInfo}.
 */
public final class Session extends ChannelInboundHandlerAdapter implements RelayListener, SessionInfo {
    private static final Logger LOG = LogManager.getLogger(Session.class);
    private static final int HEADER = 5;
    private static final int LOGIN_SECONDS = 60;

    /** How much a client may send ahead of the end of its login. */
    private static final int MAX_EARLY = 1_000;

    private final SessionContext context;
    private final Sessions sessions;
    private final Databases databases;
    private final RelayConnector connector;
    private final Channel channel;
    private final int slot;
    private final Login login;
    private final SessionState state;
    private final ClientOutput output;
    private final Instant since = Instant.now();
    private final ArrayDeque<Object> early = new ArrayDeque<>();
    private final int pid;
    private byte[] key = new byte[0];
    private byte[] upstreamKey = new byte[0];
    private int upstreamPid;
    private boolean authenticated;
    private boolean versionAnswered;
    private boolean tunnel;
    private boolean drained;
    private boolean tookLeave;
    private boolean upstreamTookLeave;
    private @Nullable RelayConnection upstream;
    private @Nullable TunnelWrites tunnelWrites;
    private @Nullable Runnable abandoned;
    private @Nullable ScheduledFuture<?> timeLimit;
    private volatile @Nullable Database database;
    private volatile @Nullable Conversation conversation;

    /**
     * @param startup what the client asked for
     * @param slot the number of the channel's event loop
     */
    public Session(
            SessionContext context,
            Sessions sessions,
            Databases databases,
            RelayConnector connector,
            Channel channel,
            int slot,
            StartupMessage startup) {
        this.context = context;
        this.sessions = sessions;
        this.databases = databases;
        this.connector = connector;
        this.channel = channel;
        this.slot = slot;
        this.login = new Login(startup, context.readOnly());
        this.state = new SessionState(context.readOnly());
        this.output = new ClientOutput(channel);
        this.pid = sessions.add(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext handler) {
        context.counters().connections.increment();
        if (login.isReplication() && context.readOnly()) {
            leave("0A000", "UnsupportedQueryError: replication connections need --mode transparent", null);
            return;
        }
        if (login.user().isEmpty()) {
            leave("28000", "no PostgreSQL user name specified in startup packet", null);
            return;
        }
        timeLimit = channel.eventLoop()
                .schedule(() -> leave("08006", "login took too long", null), LOGIN_SECONDS, TimeUnit.SECONDS);
        connector.connect(channel.eventLoop(), this);
    }

    // ---- from the client

    @Override
    public void channelRead(ChannelHandlerContext handler, Object message) {
        Conversation talk = conversation;
        RelayConnection server = upstream;
        if (tookLeave) {
            ReferenceCountUtil.release(message);
        } else if (talk != null) {
            talk.receive(message);
        } else if (tunnel && server != null) {
            throughTunnel(message, server);
        } else {
            duringLogin(message, server);
        }
    }

    private void duringLogin(Object message, @Nullable RelayConnection server) {
        boolean password = !authenticated
                && message instanceof ByteBuf frame
                && frame.getByte(frame.readerIndex()) == Tag.PASSWORD_MESSAGE;
        if (password && server != null) {
            server.write((ByteBuf) message);
        } else if (early.size() < MAX_EARLY) {
            early.add(message);
        } else {
            ReferenceCountUtil.release(message);
            leave("08P01", "too many messages before the end of the login", null);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext handler) {
        Conversation talk = conversation;
        RelayConnection server = upstream;
        if (talk != null) {
            talk.flush();
        } else if (server != null) {
            server.flush();
            RelayConnection.reading(channel, !tunnel || server.isWritable());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext handler) {
        Conversation talk = conversation;
        RelayConnection server = upstream;
        if (server != null) {
            server.reading(channel.isWritable());
        }
        if (talk != null && channel.isWritable()) {
            talk.answers.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext handler) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) {
        if (cause instanceof ProtocolException violation) {
            leave(violation.sqlState(), String.valueOf(violation.getMessage()), null);
        } else if (cause instanceof IOException) {
            channel.close();
        } else {
            LOG.error("a session failed", cause);
            leave("XX000", "internal error of the proxy", null);
        }
    }

    // ---- from the upstream

    @Override
    public void upstreamConnected(RelayConnection connection) {
        if (!channel.isActive() || tookLeave) {
            connection.close();
            return;
        }
        upstream = connection;
        ByteBuf startup = channel.alloc().buffer();
        login.upstream().encode(startup);
        connection.write(startup);
        connection.flush();
    }

    @Override
    public void upstreamUnreachable(Throwable cause) {
        String reason = ConnectionAdvice.reason(cause);
        databases.upstream().lost(reason);
        leave(
                "08006",
                "the upstream server cannot be reached: " + reason,
                "The proxy runs; check the server behind it. Each new connection tries again.");
    }

    @Override
    public void upstreamFrame(ByteBuf frame) {
        boolean fatal = isFatal(frame);
        upstreamTookLeave |= fatal;
        Conversation talk = conversation;
        if (tookLeave) {
            frame.release();
        } else if (talk != null && !fatal) {
            talk.leg.receive(frame);
        } else if (talk != null || tunnel) {
            if (tunnelWrites != null) {
                tunnelWrites.received(frame);
            }
            output.relay(frame);
        } else {
            loginFrame(frame);
        }
    }

    /** Whether it is the server's last word on this connection. */
    private static boolean isFatal(ByteBuf frame) {
        if (frame.getByte(frame.readerIndex()) != Tag.ERROR_RESPONSE) {
            return false;
        }
        String severity = ErrorResponse.decode(body(frame)).severity();
        return severity.equals("FATAL") || severity.equals("PANIC");
    }

    private static ByteBuf body(ByteBuf frame) {
        return frame.slice(frame.readerIndex() + HEADER, frame.readableBytes() - HEADER);
    }

    private void loginFrame(ByteBuf frame) {
        byte tag = frame.getByte(frame.readerIndex());
        ByteBuf body = body(frame);
        if (tag == Tag.NEGOTIATE_PROTOCOL_VERSION) {
            login.negotiated(NegotiateProtocolVersion.decode(body));
            frame.release();
            return;
        }
        if (!versionAnswered) {
            versionAnswered = true;
            login.answerVersion(output.buffer());
        }
        switch (tag) {
            case Tag.AUTHENTICATION -> authentication(frame);
            case Tag.BACKEND_KEY_DATA -> {
                BackendKeyData data = BackendKeyData.decode(body);
                upstreamPid = data.pid();
                upstreamKey = data.key();
                frame.release();
            }
            case Tag.PARAMETER_STATUS -> {
                ParameterStatus status = ParameterStatus.decode(body);
                state.report(status.name(), status.value());
                output.relay(frame);
            }
            case Tag.READY_FOR_QUERY -> {
                frame.release();
                loggedIn();
            }
            default -> output.relay(frame);
        }
    }

    private void authentication(ByteBuf frame) {
        if (Login.isOk(frame)) {
            authenticated = true;
        } else if (Login.offersBinding(frame) && !clientIsEncrypted()) {
            Login.withoutBinding(frame, output.buffer());
            frame.release();
            return;
        }
        output.relay(frame);
    }

    private boolean clientIsEncrypted() {
        return channel.pipeline().get(io.netty.handler.ssl.SslHandler.class) != null;
    }

    private void loggedIn() {
        stopTimeLimit();
        databases.upstream().answered();
        key = sessions.key(login.cancelKeyLength());
        new BackendKeyData(pid, key).encode(output.buffer());
        if (login.isReplication()) {
            tunnel = true;
            if (login.isLogicalReplication()) {
                tunnelWrites = new TunnelWrites(databases.database(login.database()));
            } else {
                tunnelWrites = null;
            }
            new dev.sqlmem.wire.message.ReadyForQuery(SessionState.IDLE).encode(output.buffer());
            takeEarly();
            output.flush();
            return;
        }
        Database opened = databases.database(login.database());
        database = opened;
        opened.open()
                .whenComplete((done, failure) -> channel.eventLoop().execute(() -> {
                    if (failure != null) {
                        LOG.info(
                                "the service account cannot read database {}: {}", opened.name(), failure.getMessage());
                    }
                    converse(opened);
                }));
    }

    private void converse(Database opened) {
        RelayConnection server = upstream;
        if (tookLeave || server == null || !channel.isActive()) {
            return;
        }
        Conversation talk = new Conversation(context, channel, opened, this, state, output, server, slot);
        conversation = talk;
        talk.settleFirst(() -> {
            talk.readyForQuery();
            takeEarly();
            talk.flush();
            if (drained) {
                talk.drain();
            }
        });
    }

    private void takeEarly() {
        while (!early.isEmpty()) {
            channelRead0(early.remove());
        }
    }

    private void channelRead0(Object message) {
        Conversation talk = conversation;
        RelayConnection server = upstream;
        if (talk != null) {
            talk.receive(message);
        } else if (server != null) {
            throughTunnel(message, server);
            server.flush();
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void throughTunnel(Object message, RelayConnection server) {
        if (message instanceof FrameChunk chunk) {
            server.write(chunk.content());
            return;
        }
        ByteBuf frame = (ByteBuf) message;
        if (tunnelWrites != null) {
            tunnelWrites.sent(frame);
        }
        server.write(frame);
    }

    @Override
    public void upstreamRun(FrameRun run) {
        rows(run.content());
    }

    @Override
    public void upstreamChunk(FrameChunk chunk) {
        rows(chunk.content());
    }

    private void rows(ByteBuf bytes) {
        Conversation talk = conversation;
        if (tookLeave) {
            bytes.release();
        } else if (talk != null) {
            talk.leg.receiveRows(bytes);
        } else {
            output.relay(bytes);
        }
    }

    @Override
    public void upstreamReadComplete() {
        Conversation talk = conversation;
        if (tookLeave) {
            return;
        }
        if (talk != null) {
            talk.flush();
            talk.drainIfIdle();
        } else {
            output.flush();
        }
    }

    @Override
    public void upstreamWritabilityChanged() {
        Conversation talk = conversation;
        if (tookLeave) {
            return;
        }
        if (talk != null) {
            talk.flush();
        } else if (upstream != null) {
            RelayConnection.reading(channel, upstream.isWritable());
        }
    }

    @Override
    public void upstreamClosed() {
        upstream = null;
        Runnable ended = abandoned;
        if (ended != null) {
            ended.run();
        }
        if (upstreamTookLeave) {
            tookLeave = true;
            output.flush();
            channel.close();
        } else if (channel.isActive() && !tookLeave) {
            leave("08006", "the upstream server has closed the connection", null);
        }
    }

    // ---- the ends of it

    /** Tells the client why and closes. */
    private void leave(String sqlState, String message, @Nullable String hint) {
        if (tookLeave) {
            return;
        }
        tookLeave = true;
        ErrorResponse.of("FATAL", sqlState, message, hint).encode(output.buffer());
        output.flush();
        channel.close();
    }

    private void end() {
        tookLeave = true;
        stopTimeLimit();
        sessions.remove(this);
        Conversation talk = conversation;
        if (talk != null) {
            talk.close();
        } else {
            output.discard();
        }
        while (!early.isEmpty()) {
            ReferenceCountUtil.release(early.remove());
        }
        RelayConnection server = upstream;
        upstream = null;
        if (server == null) {
            return;
        }
        if (authenticated) { // before that the server takes every message for a password
            ByteBuf frame = Unpooled.buffer(HEADER);
            Terminate.INSTANCE.encode(frame);
            server.write(frame);
            server.flush();
        }
        abandoned = pendingWrites(talk);
        if (abandoned == null) {
            server.close();
        } else { // the server goes on with them, and may commit them yet
            server.reading(true);
            server.endOutput();
        }
    }

    /** What to do at the end of the writes that are under way; null where there are none. */
    private @Nullable Runnable pendingWrites(@Nullable Conversation talk) {
        TunnelWrites tunneled = tunnelWrites;
        if (tunneled != null && tunneled.isPending()) {
            tunneled.changed();
            return tunneled::changed;
        }
        if (talk != null && talk.writes.isPending()) {
            return talk.writes::committed;
        }
        return null;
    }

    private void stopTimeLimit() {
        if (timeLimit != null) {
            timeLimit.cancel(false);
            timeLimit = null;
        }
    }

    /** Ends the session as soon as what it is doing has ended. From any thread. */
    public void drain() {
        channel.eventLoop().execute(() -> {
            drained = true;
            Conversation talk = conversation;
            if (talk != null) {
                talk.drain();
            } else {
                leave("57P01", "terminating connection: the proxy is shutting down", null);
            }
        });
    }

    /** Ends the session now. From any thread. */
    public void kill() {
        channel.eventLoop().execute(() -> leave("57P01", "terminating connection: the proxy is shutting down", null));
    }

    byte[] cancelKey() {
        return key;
    }

    /** Breaks off what is running. From any thread. */
    CompletableFuture<?> cancel() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        channel.eventLoop().execute(() -> {
            Conversation talk = conversation;
            if (talk != null && talk.isRelaying()) {
                ByteBuf request = channel.alloc().buffer();
                new CancelRequest(upstreamPid, upstreamKey).encode(request);
                talk.waiting.cancelOnItsWay(done);
                connector.sendCancel(channel.eventLoop(), request, () -> done.complete(null));
            } else {
                if (talk != null) {
                    talk.cancel();
                }
                done.complete(null);
            }
        });
        return done;
    }

    // ---- for others to see

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public String role() {
        return login.user();
    }

    @Override
    public @Nullable Database database() {
        return database;
    }

    @Override
    public String client() {
        if (channel.remoteAddress() instanceof InetSocketAddress address) {
            return address.getHostString() + ":" + address.getPort();
        }
        return String.valueOf(channel.remoteAddress());
    }

    @Override
    public String state() {
        Conversation talk = conversation;
        if (talk == null) {
            if (tunnel) {
                return "replication";
            }
            return "login";
        }
        return talk.describeState();
    }

    @Override
    public String upstream() {
        RelayConnection server = upstream;
        if (server == null) {
            return "";
        }
        return server.address();
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public long statements() {
        Conversation talk = conversation;
        if (talk == null) {
            return 0;
        }
        return talk.statements();
    }

    @Override
    public String searchPath() {
        Conversation talk = conversation;
        SessionSettings settings;
        if (talk == null) {
            settings = null;
        } else {
            settings = talk.state.settings();
        }
        if (settings == null) {
            return "";
        }
        return settings.space().searchPath();
    }

    @Override
    public CompletableFuture<List<List<String>>> explain(String sql) {
        CompletableFuture<List<List<String>>> result = new CompletableFuture<>();
        channel.eventLoop().execute(() -> {
            Conversation talk = conversation;
            if (talk == null) {
                result.complete(List.of());
            } else {
                talk.explain(sql, result);
            }
        });
        return result;
    }
}
