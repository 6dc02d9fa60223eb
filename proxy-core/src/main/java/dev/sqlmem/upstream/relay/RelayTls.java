package dev.sqlmem.upstream.relay;

import dev.sqlmem.upstream.url.HostPort;
import dev.sqlmem.upstream.url.SslMode;
import dev.sqlmem.upstream.url.UpstreamUrl;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** TLS towards the upstream server, by the URL's {@code sslmode} (manual, "SSL Support" of libpq). */
final class RelayTls {
    private final SslMode mode;
    private final SslContext context;

    RelayTls(UpstreamUrl url) throws IOException {
        this.mode = url.sslMode();
        try {
            this.context = context(url);
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot read the certificates that the upstream URL names: " + e.getMessage(), e);
        }
    }

    private static SslContext context(UpstreamUrl url) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        File root = rootCertificate(url);
        boolean verify = url.sslMode() == SslMode.VERIFY_CA || url.sslMode() == SslMode.VERIFY_FULL;
        if (root != null) {
            builder.trustManager(root);
        } else if (!verify) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        }
        String certificate = url.parameters().get("sslcert");
        String key = url.parameters().get("sslkey");
        if (certificate != null && key != null) {
            builder.keyManager(new File(certificate), new File(key));
        }
        return builder.endpointIdentificationAlgorithm(url.sslMode() == SslMode.VERIFY_FULL ? "HTTPS" : null)
                .build();
    }

    private static @Nullable File rootCertificate(UpstreamUrl url) {
        String named = url.sslRootCert();
        if (named != null) {
            if (named.equals("system")) {
                return null;
            }
            return new File(named);
        }
        boolean verify = url.sslMode() == SslMode.VERIFY_CA || url.sslMode() == SslMode.VERIFY_FULL;
        Path usual = Path.of(System.getProperty("user.home"), ".postgresql", "root.crt");
        if (verify && Files.exists(usual)) {
            return usual.toFile();
        }
        return null;
    }

    /** Whether a plain connection will not do. */
    boolean required() {
        return mode != SslMode.PREFER && mode != SslMode.ALLOW;
    }

    SslHandler handler(ByteBufAllocator allocator, HostPort host) {
        SslHandler handler = context.newHandler(allocator, host.host(), host.port());
        if (mode != SslMode.VERIFY_FULL) {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(null);
            handler.engine().setSSLParameters(parameters);
        }
        return handler;
    }
}
