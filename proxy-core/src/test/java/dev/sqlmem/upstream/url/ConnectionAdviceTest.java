package dev.sqlmem.upstream.url;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionAdviceTest {

    private static final String LOOPBACK = "127.0.0.1:" + SharedPostgres.port();

    @Test
    void namesAMissingDatabase() {
        assertThat(advice(SharedPostgres.url("not there")))
                .contains("no database \"not there\"")
                .contains(LOOPBACK);
    }

    @Test
    void namesAnUnknownRole() {
        assertThat(advice(SharedPostgres.url("postgres", "nobody_at_all"))).contains("nobody_at_all");
    }

    @Test
    void namesAPortWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(advice("postgresql://u:s3cret@127.0.0.1:" + port + "/d"))
                .contains("Nothing accepts connections at 127.0.0.1:" + port)
                .doesNotContain("s3cret");
    }

    @Test
    void namesAnUnknownHost() {
        assertThat(advice("postgresql://u:s3cret@nowhere.invalid/d"))
                .contains("No address is known for nowhere.invalid:5432")
                .doesNotContain("s3cret");
    }

    @Test
    void namesTls() {
        assertThat(advice(SharedPostgres.url("postgres").replace("disable", "require")))
                .contains("TLS with " + LOOPBACK)
                .contains("it is require");
    }

    @Test
    void namesTheModeThatRejectsTheServersName() {
        UpstreamUrl url = UpstreamUrl.parse("postgresql://app@h/shop?sslmode=verify-full");
        String pgjdbcs = "The hostname h could not be verified by hostnameverifier PgjdbcHostnameVerifier.";
        assertThat(ConnectionAdvice.of(new SQLException(pgjdbcs, "08004"), url))
                .contains("TLS with h:5432")
                .contains("it is verify-full");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "require|The server does not support SSL.|Switch it on there (ssl = on), or say sslmode=disable",
                "verify-full|Could not open SSL root certificate file /none.|Name its file with sslrootcert=FILE",
                "verify-full|The hostname h could not be verified by hostnameverifier X.|or say sslmode=verify-ca",
                "verify-ca|SSL error: PKIX path building failed: unable to find valid certification path|sslrootcert: the",
                "disable|FATAL: no pg_hba.conf entry for host x, no encryption|Say sslmode=require",
                "require|FATAL: no pg_hba.conf entry for host x, SSL encryption|Add a line for role app",
            })
    void saysWhatToDoAboutTls(String mode, String pgjdbcs, String advice) {
        UpstreamUrl url = UpstreamUrl.parse("postgresql://app@h/shop?sslmode=" + mode);

        assertThat(ConnectionAdvice.of(new SQLException(pgjdbcs, "08004"), url))
                .contains(pgjdbcs)
                .contains(advice);
    }

    @Test
    void leavesOutTheNameOfASystemCall() {
        assertThat(ConnectionAdvice.reason(
                        new IOException("finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:5")))
                .isEqualTo("Connection refused: /127.0.0.1:5");
        assertThat(ConnectionAdvice.reason(new IOException("Address already in use")))
                .isEqualTo("Address already in use");
    }

    @Test
    void namesAWrongPassword() {
        UpstreamUrl url = UpstreamUrl.parse("postgresql://app:s3cret@h/shop");
        assertThat(ConnectionAdvice.of(new SQLException("password authentication failed", "28P01"), url))
                .contains("password of role app")
                .doesNotContain("s3cret");
    }

    @Test
    void saysWhatElseItKnows() {
        UpstreamUrl url = UpstreamUrl.parse("postgresql://app:s3cret@h/shop");
        assertThat(ConnectionAdvice.of(new SQLException("out of luck", "XX000"), url))
                .contains("out of luck")
                .contains("postgresql://app:***@h:5432/shop");
    }

    private static String advice(String text) {
        UpstreamUrl url = UpstreamUrl.parse(text);
        try (ServiceDatabase database = new ServiceDatabase(url)) {
            database.facts();
            throw new AssertionError("connected to " + url);
        } catch (SQLException e) {
            return ConnectionAdvice.of(e, url);
        }
    }
}
