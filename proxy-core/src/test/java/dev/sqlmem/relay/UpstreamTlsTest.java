package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The URL's {@code sslmode} and {@code sslrootcert}, on the JDBC leg at the start and on each client's leg. */
class UpstreamTlsTest {
    private static Path trusted;
    private static Path stranger;

    @BeforeAll
    static void makeCertificates() {
        trusted = SecuredPostgres.certificate().certificate();
        stranger = Certificate.create(SecuredPostgres.directory(), "stranger", "dns:localhost")
                .certificate();
    }

    @Test
    void requireEncryptsWhateverTheCertificate() {
        serves("127.0.0.1", "sslmode=require", true);
    }

    @Test
    void preferEncryptsWhereItCan() {
        serves("127.0.0.1", "sslmode=prefer", true);
        serves("127.0.0.1", "", true);
    }

    @Test
    void disableDoesNot() {
        serves("127.0.0.1", "sslmode=disable", false);
    }

    @Test
    void preferDoesWithoutWhereTheServerHasNoTls() {
        UpstreamUrl url =
                UpstreamUrl.parse(SharedPostgres.url("postgres").replace("sslmode=disable", "sslmode=prefer"));
        try (ProxyUnderTest proxy = ProxyUnderTest.start(
                        ProxyConfig.builder(url).listen("127.0.0.1", 0).build());
                RawClient client = RawClient.connect(LoginRequest.to(proxy.port(), "postgres"))) {
            assertThat(FrameText.textRows(client.simpleQuery("SELECT 1"))).containsExactly(List.of("1"));
        }
    }

    @Test
    void requireFailsWhereTheServerHasNoTls() {
        refused(
                SharedPostgres.url("postgres").replace("sslmode=disable", "sslmode=require"),
                "sslmode",
                "it is require");
    }

    @Test
    void verifyCaLooksAtTheIssuerOnly() {
        serves("127.0.0.1", "sslmode=verify-ca&sslrootcert=" + trusted, true);
        refused(SecuredPostgres.url("127.0.0.1", "sslmode=verify-ca&sslrootcert=" + stranger), "it is verify-ca");
    }

    @Test
    void requireWithARootCertificateIsVerifyCa() {
        refused(SecuredPostgres.url("localhost", "sslmode=require&sslrootcert=" + stranger), "sslrootcert");
    }

    @Test
    void verifyFullLooksAtTheNameToo() {
        serves("localhost", "sslmode=verify-full&sslrootcert=" + trusted, true);
        refused(
                SecuredPostgres.url("127.0.0.1", "sslmode=verify-full&sslrootcert=" + trusted),
                "it is verify-full",
                "127.0.0.1");
        refused(SecuredPostgres.url("localhost", "sslmode=verify-full&sslrootcert=" + stranger), "sslrootcert");
    }

    @Test
    void aRootCertificateThatIsNotThereIsNamed() {
        refused(SecuredPostgres.url("localhost", "sslmode=verify-full&sslrootcert=/no/such.crt"), "/no/such.crt");
    }

    private static void serves(String host, String parameters, boolean encrypted) {
        try (ProxyUnderTest proxy = SecuredPostgres.proxy(host, parameters, builder -> builder);
                RawClient client = RawClient.connect(LoginRequest.to(proxy.port(), "postgres"))) {
            assertThat(FrameText.textRows(
                            client.simpleQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")))
                    .containsExactly(List.of(encrypted ? "t" : "f"));
        }
    }

    private static void refused(String url, String... hints) {
        ProxyConfig config = ProxyConfig.builder(UpstreamUrl.parse(url))
                .listen("127.0.0.1", 0)
                .build();
        assertThatThrownBy(() -> ProxyServer.start(config).close())
                .isInstanceOf(StartupException.class)
                .hasMessageContainingAll(hints);
    }
}
