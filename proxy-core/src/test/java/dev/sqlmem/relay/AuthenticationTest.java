package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.RowOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in through the proxy is signing in to the server: the same questions, the same verdict. */
class AuthenticationTest {
    /** Authentication's codes (manual, "Message Formats"), after which AuthenticationOk comes. */
    private static final int CLEARTEXT = 3;

    private static final int MD5 = 5;
    private static final int SASL = 10;

    private static final FrameCompare COMPARE = new FrameCompare(new RowOrder.Total(), FrameCompare.ErrorMatch.WHOLE);

    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = SecuredPostgres.proxy("127.0.0.1", "sslmode=disable", builder -> builder);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void aTrustedRoleNeedsNoPassword() {
        try (RawClient client = RawClient.connect(to(proxy.port()))) {
            assertThat(FrameText.textRows(client.simpleQuery("SELECT current_user")))
                    .containsExactly(List.of(SecuredPostgres.SUPERUSER));
        }
    }

    @ParameterizedTest
    @CsvSource({
        SecuredPostgres.CLEARTEXT + "," + CLEARTEXT,
        SecuredPostgres.MD5 + "," + MD5,
        SecuredPostgres.SCRAM + "," + SASL
    })
    void theRightPasswordComesIn(String role, int method) {
        LoginRequest login = to(proxy.port()).as(role, SecuredPostgres.PASSWORD);
        try (RawClient client = RawClient.connect(login)) {
            assertThat(client.startupFrames().get(0).body()).startsWith(0, 0, 0, method);
            assertThat(FrameText.textRows(client.simpleQuery("SELECT current_user")))
                    .containsExactly(List.of(role));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SecuredPostgres.CLEARTEXT, SecuredPostgres.MD5, SecuredPostgres.SCRAM})
    void pgjdbcComesInWithTheRightPassword(String role) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", SecuredPostgres.PASSWORD);
        String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres";
        try (Connection connection = DriverManager.getConnection(url, properties);
                ResultSet row = connection.createStatement().executeQuery("SELECT current_user")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo(role);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SecuredPostgres.CLEARTEXT, SecuredPostgres.MD5, SecuredPostgres.SCRAM})
    void aWrongPasswordIsRejectedInTheServersWords(String role) {
        List<Frame> direct = attempt(to(SecuredPostgres.port()).as(role, "wrong"));
        List<Frame> proxied = attempt(to(proxy.port()).as(role, "wrong"));
        assertThat(FrameText.sqlState(proxied)).isEqualTo("28P01");
        assertThat(tags(proxied)).isEqualTo(tags(direct));
        assertThat(COMPARE.difference(afterAuthentication(direct), afterAuthentication(proxied)))
                .isEmpty();
    }

    @Test
    void whatTheServerRefusesForOtherReasonsIsRefusedInItsWords() {
        rejectedAlike("nobody_knows_me", "postgres", "28000");
        rejectedAlike(SecuredPostgres.SUPERUSER, "no_such_database", "3D000");
        rejectedAlike(SecuredPostgres.ENCRYPTED, "postgres", "28000"); // the proxy's leg is not encrypted here
    }

    private static void rejectedAlike(String role, String database, String sqlState) {
        LoginRequest direct = LoginRequest.to(SecuredPostgres.port(), database).as(role, SecuredPostgres.PASSWORD);
        LoginRequest proxied = LoginRequest.to(proxy.port(), database).as(role, SecuredPostgres.PASSWORD);
        List<Frame> answer = attempt(proxied);
        assertThat(FrameText.sqlState(answer)).isEqualTo(sqlState);
        assertThat(COMPARE.difference(attempt(direct), answer)).isEmpty();
    }

    @Test
    void aClientThatHangsUpInsteadOfAnsweringDisturbsNobody() {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(Peer.startup(3, 0, "user", SecuredPostgres.SCRAM, "database", "postgres"));
            assertThat(peer.read().is('R')).isTrue();
        }
        aTrustedRoleNeedsNoPassword();
    }

    @Test
    void everyParameterOfTheLoginReachesTheServer() {
        LoginRequest login = to(proxy.port())
                .set("application_name", "a name")
                .set("TimeZone", "Asia/Kathmandu")
                .set("options", "-c work_mem=3456kB -c search_path=pg_catalog");
        try (RawClient client = RawClient.connect(login)) {
            assertThat(FrameText.textRows(client.simpleQuery("SELECT current_setting('application_name'),"
                            + " current_setting('TimeZone'), current_setting('work_mem'),"
                            + " current_setting('search_path')")))
                    .containsExactly(List.of("a name", "Asia/Kathmandu", "3456kB", "pg_catalog"));
        }
    }

    @Test
    void theServersReportsArriveAsTheyAre() {
        List<Frame> direct = attempt(to(SecuredPostgres.port()));
        List<Frame> proxied = attempt(to(proxy.port()));
        // a read-only proxy's session is read-only, and says so
        assertThat(COMPARE.difference(withoutReadOnly(direct), withoutReadOnly(proxied)))
                .isEmpty();
    }

    private static List<Frame> withoutReadOnly(List<Frame> frames) {
        return frames.stream()
                .filter(frame ->
                        !frame.is('S') || !FrameText.strings(frame.body()).contains("default_transaction_read_only"))
                .toList();
    }

    private static LoginRequest to(int port) {
        return LoginRequest.to(port, "postgres");
    }

    private static List<Frame> attempt(LoginRequest login) {
        try (RawClient client = RawClient.attempt(login)) {
            List<Frame> frames = new java.util.ArrayList<>(client.startupFrames());
            if (FrameText.sqlState(frames).isEmpty()) {
                return frames;
            }
            while (!frames.get(frames.size() - 1).isEnd()) {
                frames.add(client.read());
            }
            return frames;
        }
    }

    private static List<Character> tags(List<Frame> frames) {
        return frames.stream().map(Frame::tag).toList();
    }

    /** Questions hold salts and nonces, which are never the same. */
    private static List<Frame> afterAuthentication(List<Frame> frames) {
        return frames.stream().filter(frame -> !frame.is('R')).toList();
    }
}
