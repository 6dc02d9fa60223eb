package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.session.relay.ClientOutput;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.upstream.relay.RelayListener;
import dev.sqlmem.upstream.url.ConnectionAdvice;
import dev.sqlmem.wire.codec.FrameChunk;
import dev.sqlmem.wire.codec.FrameRun;
import dev.sqlmem.wire.message.BackendKeyData;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.StartupMessage;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One client with its own upstream session: hands what either connection brings to the {@link Phase} that the
 * session is in. Everything runs on the client's event loop, except for the methods of {@link LiveSession}.
 */
public final class Session extends ChannelInboundHandlerAdapter implements RelayListener, LiveSession, SessionTurns {
    private static final Logger LOG = LogManager.getLogger(Session.class);
    private static final int LOGIN_SECONDS = 60;

    private final SessionUpstream upstream;
    private final Login login;
    private final SessionParts parts;
    private final Instant since = Instant.now();
    private final Registration registration;
    private volatile Phase phase;

    /**
     * @param startup what the client asked for
     * @param slot the number of the channel's event loop
     */
    public Session(
            SessionContext context,
            Sessions sessions,
            SessionUpstream upstream,
            Channel channel,
            int slot,
            StartupMessage startup) {
        this.upstream = upstream;
        this.login = new Login(startup, context.readOnly());
        SessionState state = new SessionState(context.readOnly());
        Client client = new Client(channel, new ClientOutput(channel), slot);
        this.parts = new SessionParts(context, client, state, this, this);
        this.phase = new ConnectingPhase(parts, upstream, new PendingLogin(login, timeLimit()));
        this.registration = sessions.register(this);
    }

    private io.netty.util.concurrent.ScheduledFuture<?> timeLimit() {
        return parts.channel()
                .eventLoop()
                .schedule(() -> fatal("08006", "login took too long", null), LOGIN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext handler) {
        parts.context().counters().connections.increment();
        if (login.isReplication() && parts.context().readOnly()) {
            fatal("0A000", "UnsupportedQueryError: replication connections need --mode transparent", null);
        } else if (login.user().isEmpty()) {
            fatal("28000", "no PostgreSQL user name specified in startup packet", null);
        } else {
            upstream.connector().connect(parts.channel().eventLoop(), this);
        }
    }

    // ---- from the client

    @Override
    public void channelRead(ChannelHandlerContext handler, Object message) {
        phase.receive(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext handler) {
        phase.readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext handler) {
        phase.writabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext handler) {
        close();
        registration.end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) {
        if (cause instanceof ProtocolException violation) {
            fatal(violation.sqlState(), String.valueOf(violation.getMessage()), null);
        } else if (cause instanceof IOException) {
            parts.channel().close();
        } else {
            failed(cause);
        }
    }

    // ---- from the upstream

    @Override
    public void upstreamConnected(RelayConnection connection) {
        phase.connected(connection);
    }

    @Override
    public void upstreamUnreachable(Throwable cause) {
        String reason = ConnectionAdvice.reason(cause);
        upstream.databases().upstream().lost(reason);
        fatal(
                "08006",
                "the upstream server cannot be reached: " + reason,
                "The proxy runs; check the server behind it. Each new connection tries again.");
    }

    @Override
    public void upstreamFrame(ByteBuf frame) {
        try {
            if (isFatal(frame)) {
                phase.lastWord(frame);
                parts.output().flush();
                close();
            } else {
                phase.frame(frame);
            }
        } catch (ProtocolException e) {
            frame.release();
            throw e;
        }
    }

    /** Whether it is the server's last word on this connection. */
    private static boolean isFatal(ByteBuf frame) {
        if (Frame.tag(frame) != Tag.ERROR_RESPONSE) {
            return false;
        }
        String severity = ErrorResponse.decode(Frame.body(frame)).severity();
        return severity.equals("FATAL") || severity.equals("PANIC");
    }

    @Override
    public void upstreamRun(FrameRun run) {
        phase.rows(run.content());
    }

    @Override
    public void upstreamChunk(FrameChunk chunk) {
        phase.rows(chunk.content());
    }

    @Override
    public void upstreamReadComplete() {
        phase.upstreamReadComplete();
    }

    @Override
    public void upstreamWritabilityChanged() {
        phase.upstreamWritabilityChanged();
    }

    @Override
    public void upstreamClosed() {
        phase.upstreamClosed();
    }

    // ---- from phase to phase

    @Override
    public void become(Phase next) {
        phase = next;
    }

    @Override
    public boolean isClosed() {
        return phase instanceof ClosedPhase;
    }

    @Override
    public BackendKeyData issueKey(int length) {
        return registration.issueKey(length);
    }

    @Override
    public void fatal(String sqlState, String message, @Nullable String hint) {
        if (!isClosed()) {
            ErrorResponse.of("FATAL", sqlState, message, hint)
                    .encode(parts.output().buffer());
            parts.output().flush();
            close();
        }
    }

    @Override
    public void failed(Throwable cause) {
        LOG.error("a session failed", cause);
        fatal("XX000", "internal error of the proxy", null);
    }

    @Override
    public void close() {
        if (!isClosed()) {
            Phase before = phase;
            ClosedPhase closed = new ClosedPhase();
            phase = closed;
            parts.channel().close();
            closed.follow(before);
        }
    }

    // ---- from others

    @Override
    public void drain() {
        parts.channel().eventLoop().execute(() -> phase.drain());
    }

    @Override
    public void kill() {
        parts.channel()
                .eventLoop()
                .execute(() -> fatal("57P01", "terminating connection: the proxy is shutting down", null));
    }

    @Override
    public CompletableFuture<?> cancel() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        parts.channel().eventLoop().execute(() -> phase.cancel(done));
        return done;
    }

    @Override
    public CompletableFuture<List<List<String>>> explain(String sql) {
        CompletableFuture<List<List<String>>> result = new CompletableFuture<>();
        parts.channel().eventLoop().execute(() -> phase.explain(sql, result));
        return result;
    }

    // ---- for others to see

    @Override
    public int pid() {
        return registration.pid();
    }

    @Override
    public String role() {
        return login.user();
    }

    @Override
    public @Nullable Database database() {
        return phase.database();
    }

    @Override
    public String client() {
        if (parts.channel().remoteAddress() instanceof InetSocketAddress address) {
            return address.getHostString() + ":" + address.getPort();
        }
        return String.valueOf(parts.channel().remoteAddress());
    }

    @Override
    public String state() {
        return phase.state();
    }

    @Override
    public String upstream() {
        return phase.upstream();
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public long statements() {
        return phase.statements();
    }
}
