package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is replaced while the proxy runs. */
class CertificateReloadTest {
    @TempDir
    private Path directory = Path.of("");

    private Certificate first = new Certificate(Path.of(""), Path.of(""));
    private Certificate second = first;
    private Certificate used = first;

    @BeforeEach
    void createCertificates() throws IOException {
        first = Certificate.create(directory, "first", "dns:localhost");
        second = Certificate.create(directory, "second", "dns:localhost");
        used = new Certificate(directory.resolve("used.crt"), directory.resolve("used.key"));
        replace(first.certificate(), first.key());
    }

    @Test
    void newHandshakesShowTheNewOneAndOldConnectionsGoOn() throws Exception {
        try (ProxyServer proxy = start();
                Peer before = new Peer(proxy.address().getPort())) {
            encrypt(before, first);
            replace(second.certificate(), second.key());
            proxy.reloadCertificate();

            try (Peer after = new Peer(proxy.address().getPort())) {
                encrypt(after, second);
            }
            try (Peer distrusting = new Peer(proxy.address().getPort())) {
                assertThatThrownBy(() -> encrypt(distrusting, first)).isInstanceOf(SSLException.class);
            }
            before.send(Peer.startup(3, 0, "user", SharedPostgres.SUPERUSER, "database", "postgres"));
            assertThat(before.readUntilReady()).isNotEmpty();
        }
    }

    @Test
    void whatCannotBeUsedChangesNothing() throws Exception {
        try (ProxyServer proxy = start()) {
            replace(second.certificate(), first.key());
            assertThatThrownBy(proxy::reloadCertificate)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("used.crt")
                    .hasMessageContaining("belong together");
            Files.writeString(used.certificate(), "no certificate");
            assertThatThrownBy(proxy::reloadCertificate).isInstanceOf(StartupException.class);
            Files.delete(used.key());
            assertThatThrownBy(proxy::reloadCertificate).isInstanceOf(StartupException.class);

            try (Peer peer = new Peer(proxy.address().getPort())) {
                encrypt(peer, first);
            }
        }
    }

    @Test
    void aPairThatDoesNotBelongTogetherIsRefusedAtTheStart() throws IOException {
        replace(second.certificate(), first.key());

        assertThatThrownBy(this::start)
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("cannot use the certificate ")
                .hasMessageContaining("belong together");
    }

    private ProxyServer start() throws StartupException {
        return ProxyServer.start(ProxyConfig.builder(UpstreamUrl.parse(SharedPostgres.url("postgres")))
                .listen("127.0.0.1", 0)
                .tls(used.certificate(), used.key())
                .build());
    }

    private void replace(Path certificate, Path key) throws IOException {
        Files.copy(certificate, used.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key, used.key(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void encrypt(Peer peer, Certificate trusted) throws IOException {
        peer.send(Peer.request(Peer.SSL_REQUEST));
        assertThat(peer.readByte()).isEqualTo('S');
        peer.encrypt(trusted.trusting());
    }
}
