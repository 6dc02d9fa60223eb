package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.upstream.relay.RelayConnector;
import dev.sqlmem.upstream.relay.RelayListener;
import dev.sqlmem.upstream.url.UpstreamUrl;
import dev.sqlmem.wire.codec.FrameChunk;
import dev.sqlmem.wire.codec.FrameRun;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each client's own leg checks the server by itself, whatever the JDBC leg has found at the start. */
class RelayTlsTest {
    private static MultiThreadIoEventLoopGroup loops;
    private static Path trusted;
    private static Path stranger;

    @BeforeAll
    static void start() {
        loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        trusted = SecuredPostgres.certificate().certificate();
        stranger = Certificate.create(SecuredPostgres.directory(), "relay-stranger", "dns:localhost")
                .certificate();
    }

    @AfterAll
    static void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void verifyFullAcceptsTheNamedServerOnly() throws Exception {
        assertThat(connect("localhost", "sslmode=verify-full&sslrootcert=" + trusted))
                .isTrue();
        assertThatThrownBy(() -> connect("127.0.0.1", "sslmode=verify-full&sslrootcert=" + trusted))
                .hasStackTraceContaining("127.0.0.1");
        assertThatThrownBy(() -> connect("localhost", "sslmode=verify-full&sslrootcert=" + stranger))
                .hasStackTraceContaining("certif");
    }

    @Test
    void verifyCaAcceptsAnyNameOfTheIssuer() throws Exception {
        assertThat(connect("127.0.0.1", "sslmode=verify-ca&sslrootcert=" + trusted))
                .isTrue();
        assertThatThrownBy(() -> connect("127.0.0.1", "sslmode=verify-ca&sslrootcert=" + stranger))
                .hasStackTraceContaining("certif");
    }

    @Test
    void requireAndPreferAcceptAnyCertificate() throws Exception {
        assertThat(connect("127.0.0.1", "sslmode=require")).isTrue();
        assertThat(connect("127.0.0.1", "sslmode=prefer")).isTrue();
        assertThat(connect("127.0.0.1", "sslmode=disable")).isFalse();
    }

    @Test
    void requireWantsAServerWithTls() throws Exception {
        String plain = SharedPostgres.url("postgres");
        assertThat(connect(plain.replace("sslmode=disable", "sslmode=prefer"))).isFalse();
        assertThatThrownBy(() -> connect(plain.replace("sslmode=disable", "sslmode=require")))
                .hasMessageContaining("does not offer TLS");
    }

    private static boolean connect(String host, String parameters) throws Exception {
        return connect(SecuredPostgres.url(host, parameters));
    }

    /** Connects as for a client and closes again; says whether the leg was encrypted. */
    private static boolean connect(String url) throws Exception {
        EventLoop loop = loops.next();
        Outcome outcome = new Outcome();
        RelayConnector connector = new RelayConnector(UpstreamUrl.parse(url), NioSocketChannel.class);
        loop.execute(() -> connector.connect(loop, outcome));
        try {
            return outcome.encrypted.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static final class Outcome implements RelayListener {
        final CompletableFuture<Boolean> encrypted = new CompletableFuture<>();

        @Override
        public void upstreamConnected(RelayConnection connection) {
            encrypted.complete(connection.encrypted());
            connection.close();
        }

        @Override
        public void upstreamUnreachable(Throwable cause) {
            encrypted.completeExceptionally(cause);
        }

        @Override
        public void upstreamFrame(ByteBuf frame) {
            frame.release();
        }

        @Override
        public void upstreamRun(FrameRun run) {
            run.release();
        }

        @Override
        public void upstreamChunk(FrameChunk chunk) {
            chunk.release();
        }

        @Override
        public void upstreamReadComplete() {}

        @Override
        public void upstreamWritabilityChanged() {}

        @Override
        public void upstreamClosed() {}
    }
}
