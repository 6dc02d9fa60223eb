package dev.sqlmem.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** TLS towards clients, with the proxy's certificate. Thread-safe. */
final class ClientTls {
    private final Path certificate;
    private final Path key;
    private volatile Contexts contexts;

    /** One certificate: for clients that ask for TLS first, and for those that begin with the handshake. */
    private record Contexts(SslContext requested, SslContext direct) {}

    /** Reads the certificate chain and its key, both PEM. */
    ClientTls(Path certificate, Path key) throws StartupException {
        this.certificate = certificate;
        this.key = key;
        this.contexts = read();
    }

    /**
     * Reads the files again; handshakes from now on show what they hold. Connections that there are keep theirs.
     *
     * @throws StartupException when they cannot be used; what was in use stays in use
     */
    void reload() throws StartupException {
        contexts = read();
    }

    private Contexts read() throws StartupException {
        try {
            Contexts read = new Contexts(
                    SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                            .build(),
                    SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                            .applicationProtocolConfig(new ApplicationProtocolConfig(
                                    ApplicationProtocolConfig.Protocol.ALPN,
                                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                                    "postgresql"))
                            .build());
            TrialHandshake.with(read.requested);
            return read;
        } catch (SSLException | IllegalArgumentException e) {
            throw new StartupException(
                    "cannot use the certificate " + certificate + " with the key " + key + ": " + reason(e)
                            + ". Check that both files are PEM, that they belong together, and that the key has no"
                            + " password.",
                    e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
    }

    /** A handler for one connection; direct TLS negotiates the protocol by ALPN. */
    SslHandler handler(ByteBufAllocator allocator, boolean isDirect) {
        Contexts now = contexts;
        return (isDirect ? now.direct : now.requested).newHandler(allocator);
    }
}
