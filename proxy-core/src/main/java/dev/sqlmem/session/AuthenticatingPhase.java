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

    AuthenticatingPhase(Client client, SessionUpstream upstream, PendingLogin login, RelayConnection server) {
        super(client, server);
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
        login.terms().answerVersion(client.output().buffer());
        if (tag == Tag.AUTHENTICATION) {
            authentication(frame);
        } else {
            client.output().relay(frame);
        }
    }

    private void authentication(ByteBuf frame) {
        if (Login.isOk(frame)) {
            client.turns().become(new StartingPhase(client, upstream, login, server));
        } else if (Login.offersBinding(frame) && !isClientEncrypted()) {
            Login.withoutBinding(frame, client.output().buffer());
            frame.release();
            return;
        }
        client.output().relay(frame);
    }

    private boolean isClientEncrypted() {
        return client.channel().pipeline().get(SslHandler.class) != null;
    }

    @Override
    boolean understandsTerminate() {
        return false; // the server takes every message for a password
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
}
