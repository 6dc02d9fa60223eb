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
    private final SslContext requested;
    private final SslContext direct;

    /** Reads the certificate chain and its key, both PEM. */
    ClientTls(Path certificate, Path key) throws StartupException {
        try {
            requested = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .build();
            direct = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            "postgresql"))
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new StartupException(
                    "cannot use the certificate " + certificate + " with the key " + key + ": " + e.getMessage(), e);
        }
    }

    /** A handler for one connection; direct TLS negotiates the protocol by ALPN. */
    SslHandler handler(ByteBufAllocator allocator, boolean isDirect) {
        return (isDirect ? direct : requested).newHandler(allocator);
    }
}
