package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each leg is encrypted or not, for itself; SCRAM's channel binding ties the client to one certificate. */
class TlsLegsTest {
    private static Certificate certificate;
    private static ProxyUnderTest plainUpstream;
    private static ProxyUnderTest encryptedUpstream;
    private static ProxyUnderTest sameCertificate;

    @BeforeAll
    static void start() {
        certificate = Certificate.create(SecuredPostgres.directory(), "legs", "dns:localhost");
        plainUpstream = SecuredPostgres.proxy(
                "127.0.0.1", "sslmode=disable", builder -> builder.tls(certificate.certificate(), certificate.key()));
        encryptedUpstream = SecuredPostgres.proxy(
                "127.0.0.1", "sslmode=require", builder -> builder.tls(certificate.certificate(), certificate.key()));
        Certificate servers = SecuredPostgres.certificate();
        sameCertificate = SecuredPostgres.proxy(
                "localhost",
                "sslmode=verify-full&sslrootcert=" + servers.certificate(),
                builder -> builder.tls(servers.certificate(), servers.key()));
    }

    @AfterAll
    static void stop() {
        plainUpstream.close();
        encryptedUpstream.close();
        sameCertificate.close();
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void everyCombinationServes(boolean clientEncrypted, boolean upstreamEncrypted) throws Exception {
        ProxyUnderTest proxy = upstreamEncrypted ? encryptedUpstream : plainUpstream;
        for (String role : new String[] {SecuredPostgres.CLEARTEXT, SecuredPostgres.MD5, SecuredPostgres.SCRAM}) {
            Properties properties = properties(role, clientEncrypted ? certificate : null);
            properties.setProperty("channelBinding", "disable");
            assertThat(isEncryptedUpstream(proxy, properties)).isEqualTo(upstreamEncrypted);
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void largeAnswersArriveWhole(boolean clientEncrypted, boolean upstreamEncrypted) throws Exception {
        ProxyUnderTest proxy = upstreamEncrypted ? encryptedUpstream : plainUpstream;
        Properties properties = properties(SecuredPostgres.SUPERUSER, clientEncrypted ? certificate : null);
        try (Connection connection = DriverManager.getConnection(jdbcUrl(proxy), properties);
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT v, md5(v) FROM (SELECT string_agg(md5(i::text), '') AS v"
                                + " FROM generate_series(1, 100000) i) AS large")) {
            row.next();
            byte[] value = row.getBytes(1);
            assertThat(value).hasSize(3_200_000);
            assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(value)))
                    .isEqualTo(row.getString(2));
        }
    }

    @Test
    void aPlainClientComesInWhereTheServerWantsEncryption() {
        LoginRequest login = LoginRequest.to(encryptedUpstream.port(), "postgres")
                .as(SecuredPostgres.ENCRYPTED, SecuredPostgres.PASSWORD);
        try (RawClient client = RawClient.connect(login)) {
            assertThat(mechanisms(client.startupFrames().get(0))).containsExactly("SCRAM-SHA-256");
        }
    }

    @Test
    void anEncryptedClientIsOfferedWhatTheServerOffers() throws Exception {
        try (Peer peer = new Peer(encryptedUpstream.port())) {
            peer.encrypt(certificate.trusting(), "postgresql");
            peer.send(Peer.startup(3, 0, "user", SecuredPostgres.SCRAM, "database", "postgres"));
            assertThat(mechanisms(peer.read())).containsExactly("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256");
        }
    }

    @Test
    void channelBindingHoldsWhereBothLegsShowTheSameCertificate() throws Exception {
        Properties properties = properties(SecuredPostgres.SCRAM, SecuredPostgres.certificate());
        properties.setProperty("channelBinding", "require");
        assertThat(isEncryptedUpstream(sameCertificate, properties)).isTrue();
    }

    /** The server takes the proxy for an attacker in the middle, and is right by all it knows. */
    @Test
    void channelBindingFailsWhereTheCertificatesDiffer() {
        Properties properties = properties(SecuredPostgres.SCRAM, certificate);
        properties.setProperty("channelBinding", "require");
        assertThatThrownBy(() -> isEncryptedUpstream(encryptedUpstream, properties))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("channel binding")
                .extracting("SQLState")
                .isEqualTo("28000");
    }

    /** With no binding to offer on its plain leg, the server is content with a client that could have bound. */
    @Test
    void channelBindingIsLeftOutWhereTheServersLegIsPlain() throws Exception {
        Properties properties = properties(SecuredPostgres.SCRAM, certificate);
        properties.setProperty("channelBinding", "prefer");
        assertThat(isEncryptedUpstream(plainUpstream, properties)).isFalse();
    }

    private static boolean isEncryptedUpstream(ProxyUnderTest proxy, Properties properties) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(proxy), properties);
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static String jdbcUrl(ProxyUnderTest proxy) {
        return "jdbc:postgresql://localhost:" + proxy.port() + "/postgres";
    }

    private static Properties properties(String role, @Nullable Certificate trusted) {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", SecuredPostgres.PASSWORD);
        if (trusted == null) {
            properties.setProperty("sslmode", "disable");
        } else {
            properties.setProperty("sslmode", "verify-full");
            properties.setProperty("sslrootcert", trusted.certificate().toString());
        }
        return properties;
    }

    /** The names in AuthenticationSASL. */
    private static List<String> mechanisms(Frame offer) {
        assertThat(offer.body()).startsWith(0, 0, 0, 10);
        byte[] names = Arrays.copyOfRange(offer.body(), 4, offer.body().length);
        return FrameText.strings(names).stream().filter(name -> !name.isEmpty()).toList();
    }
}
