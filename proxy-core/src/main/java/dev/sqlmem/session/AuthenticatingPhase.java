package dev.sqlmem.session;

import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.NegotiateProtocolVersion;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslHandler;

/** Client and server settle between themselves who the client is (manual, chapter "Message Flow", "Start-up"). */
final class AuthenticatingPhase extends UpstreamPhase {
    private final SessionUpstream upstream;
    private final PendingLogin login;

    AuthenticatingPhase(SessionParts parts, SessionUpstream upstream, PendingLogin login, RelayConnection server) {
        super(parts, server);
        this.upstream = upstream;
        this.login = login;
    }

    @Override
    void receive(Object message) {
        if (message instanceof ByteBuf frame && Frame.tag(frame) == Tag.PASSWORD_MESSAGE) {
            server.write(frame);
        } else {
            login.keep(message);
        }
    }

    @Override
    void frame(ByteBuf frame) {
        byte tag = Frame.tag(frame);
        if (tag == Tag.NEGOTIATE_PROTOCOL_VERSION) {
            login.terms().negotiated(NegotiateProtocolVersion.decode(Frame.body(frame)));
            frame.release();
            return;
        }
        login.terms().answerVersion(parts.output().buffer());
        if (tag == Tag.AUTHENTICATION) {
            authentication(frame);
        } else {
            parts.output().relay(frame);
        }
    }

    private void authentication(ByteBuf frame) {
        if (Login.isOk(frame)) {
            parts.turns().become(new StartingPhase(parts, upstream, login, server));
        } else if (Login.offersBinding(frame) && !isClientEncrypted()) {
            Login.withoutBinding(frame, parts.output().buffer());
            frame.release();
            return;
        }
        parts.output().relay(frame);
    }

    private boolean isClientEncrypted() {
        return parts.channel().pipeline().get(SslHandler.class) != null;
    }

    @Override
    boolean understandsTerminate() {
        return false; // the server takes every message for a password
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
}
