package dev.sqlmem.session;

import dev.sqlmem.upstream.relay.RelayConnection;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The client has said what it wants; the upstream connection is being opened. */
final class ConnectingPhase extends Phase {
    private final SessionParts parts;
    private final SessionUpstream upstream;
    private final PendingLogin login;

    ConnectingPhase(SessionParts parts, SessionUpstream upstream, PendingLogin login) {
        this.parts = parts;
        this.upstream = upstream;
        this.login = login;
    }

    @Override
    void receive(Object message) {
        login.keep(message);
    }

    @Override
    void connected(RelayConnection connection) {
        parts.turns().become(new AuthenticatingPhase(parts, upstream, login, connection));
        ByteBuf startup = parts.channel().alloc().buffer();
        login.terms().upstream().encode(startup);
        connection.write(startup);
        connection.flush();
    }

    @Override
    void drain() {
        parts.turns().fatal("57P01", "terminating connection: the proxy is shutting down", null);
    }

    @Override
    @Nullable
    Runnable end() {
        login.close();
        parts.output().discard();
        return null;
    }

    @Override
    String state() {
        return "login";
    }
}
