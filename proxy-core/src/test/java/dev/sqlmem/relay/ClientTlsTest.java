package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.ProxyUnderTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests for encryption that a connection may start with (manual, "SSL Session Encryption"). */
class ClientTlsTest {
    private static final byte[] STARTUP = Peer.startup(3, 0, "user", SecuredPostgres.SUPERUSER, "database", "postgres");

    private static Certificate certificate;
    private static ProxyUnderTest proxy;
    private static ProxyUnderTest plain;

    @BeforeAll
    static void start() {
        certificate = Certificate.create(SecuredPostgres.directory(), "client-leg", "dns:localhost");
        proxy = SecuredPostgres.proxy(
                "127.0.0.1", "sslmode=disable", builder -> builder.tls(certificate.certificate(), certificate.key()));
        plain = SecuredPostgres.proxy("127.0.0.1", "sslmode=disable", builder -> builder);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        plain.close();
    }

    @Test
    void sslRequestIsAnsweredAndTheHandshakeFollows() throws Exception {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(Peer.request(Peer.SSL_REQUEST));
            assertThat(peer.readByte()).isEqualTo('S');
            peer.encrypt(certificate.trusting());
            serves(peer);
        }
    }

    @Test
    void gssRequestIsDeclinedAndSslRequestMayFollow() throws Exception {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(Peer.request(Peer.GSS_REQUEST));
            assertThat(peer.readByte()).isEqualTo('N');
            peer.send(Peer.request(Peer.SSL_REQUEST));
            assertThat(peer.readByte()).isEqualTo('S');
            peer.encrypt(certificate.trusting());
            serves(peer);
        }
    }

    @Test
    void sslRequestMayBeDeclinedToo() {
        try (Peer peer = new Peer(plain.port())) {
            peer.send(Peer.request(Peer.SSL_REQUEST));
            assertThat(peer.readByte()).isEqualTo('N');
            peer.send(Peer.request(Peer.GSS_REQUEST));
            assertThat(peer.readByte()).isEqualTo('N');
            serves(peer);
        }
    }

    @Test
    void whoWantsNoEncryptionNeedNotAsk() {
        try (Peer peer = new Peer(proxy.port())) {
            serves(peer);
        }
    }

    @Test
    void bytesSentInTheClearBehindSslRequestEndTheConnection() {
        try (Peer peer = new Peer(proxy.port())) {
            byte[] request = Peer.request(Peer.SSL_REQUEST);
            byte[] both = new byte[request.length + STARTUP.length];
            System.arraycopy(request, 0, both, 0, request.length);
            System.arraycopy(STARTUP, 0, both, request.length, STARTUP.length);
            peer.send(both);
            assertThat(peer.readByte()).isEqualTo(-1);
        }
    }

    @Test
    void garbageInsteadOfAHandshakeEndsTheConnection() {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(Peer.request(Peer.SSL_REQUEST));
            assertThat(peer.readByte()).isEqualTo('S');
            peer.send(STARTUP);
            int next = peer.readByte();
            assertThat(next).as("an alert (21) or the end, never an answer").isIn(21, -1);
            while (next >= 0) {
                next = peer.readByte();
            }
        }
    }

    @Test
    void encryptionCannotBeAskedForTwice() throws Exception {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(Peer.request(Peer.SSL_REQUEST));
            assertThat(peer.readByte()).isEqualTo('S');
            peer.encrypt(certificate.trusting());
            peer.send(Peer.request(Peer.SSL_REQUEST));
            Frame answer = peer.read();
            assertThat(FrameText.sqlState(List.of(answer))).isEqualTo("08P01");
            assertThat(peer.read().isEnd()).isTrue();
        }
    }

    @Test
    void aHandshakeMayComeFirstWithTheRightProtocol() throws Exception {
        try (Peer peer = new Peer(proxy.port())) {
            peer.encrypt(certificate.trusting(), "http/1.1", "postgresql");
            assertThat(peer.applicationProtocol()).isEqualTo("postgresql");
            serves(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http/1.1"})
    void aHandshakeThatComesFirstWithoutTheRightProtocolIsRefused(String protocol) {
        try (Peer peer = new Peer(proxy.port())) {
            if (protocol.isEmpty()) {
                peer.encrypt(certificate.trusting());
            } else {
                peer.encrypt(certificate.trusting(), protocol);
            }
            peer.send(STARTUP);
            assertThat(peer.read().isEnd()).isTrue();
        } catch (IOException refusedInTheHandshake) {
            // as PostgreSQL does it
        }
    }

    @Test
    void aHandshakeThatComesFirstNeedsACertificate() {
        try (Peer peer = new Peer(plain.port())) {
            assertThatThrownBy(() -> peer.encrypt(certificate.trusting(), "postgresql"))
                    .isInstanceOf(IOException.class);
        }
    }

    /** Logs in and asks one question. */
    private static void serves(Peer peer) {
        peer.send(STARTUP);
        List<Frame> login = peer.readUntilReady();
        assertThat(login.get(login.size() - 1).is('Z')).as("%s", login).isTrue();
        peer.send(FrontendFrames.query("SELECT 40 + 2").encode());
        assertThat(FrameText.textRows(peer.readUntilReady())).containsExactly(List.of("42"));
    }
}
