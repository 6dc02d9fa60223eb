package dev.sqlmem.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole conversations through the proxy, frame by frame as PostgreSQL holds them.
 *
 * <p>In the read-only mode the direct session is read-only as well, which is the only difference
 * that the proxy is allowed to make. {@code -Dsqlmem.fuzz.seed} and {@code -Dsqlmem.fuzz.sessions}
 * choose the fuzzed scripts.
 */
@Tag("proxy")
class ProtocolTest {
    private static final long SEED = Long.getLong("sqlmem.fuzz.seed", 4_711L);
    private static final int SESSIONS = Integer.getInteger("sqlmem.fuzz.sessions", 40);
    private static final Map<Mode, ProxyUnderTest> PROXIES = new EnumMap<>(Mode.class);

    @AfterAll
    static void stop() {
        PROXIES.values().forEach(ProxyUnderTest::close);
        PROXIES.clear();
    }

    static Stream<Arguments> casesByMode() {
        return Stream.of(Mode.values())
                .flatMap(mode -> ProtocolComparison.cases()
                        .filter(one -> mode == Mode.TRANSPARENT || !one.writes())
                        .map(one -> Arguments.of(mode, one)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("casesByMode")
    void holdsConversationsAsPostgresDoes(Mode mode, ProtocolCase one) {
        assertThat(ProtocolComparison.difference(one, direct(mode), proxied(mode)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void answersAnyOrderOfMessagesAsPostgresDoes(Mode mode) {
        assertThat(ProtocolComparison.fuzz(SEED, SESSIONS, direct(mode), proxied(mode)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void saysTheSameAtLogin(Mode mode) {
        assertThat(greeting(proxied(mode))).containsExactlyInAnyOrderElementsOf(greeting(direct(mode)));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void refusesTheSameLogins(Mode mode) {
        for (LoginRequest wrong : List.of(
                direct(mode).as("nosuch_role", null),
                direct(mode).set("nosuch_setting", "1"),
                direct(mode).set("TimeZone", "Mars/Base"))) {
            LoginRequest proxied = new LoginRequest(
                    wrong.host(),
                    proxied(mode).port(),
                    wrong.user(),
                    wrong.database(),
                    null,
                    wrong.parameters(),
                    wrong.timeout());
            try (RawClient expected = RawClient.attempt(wrong);
                    RawClient actual = RawClient.attempt(proxied)) {
                assertThat(errors(actual)).isNotEmpty().isEqualTo(errors(expected));
            }
        }
    }

    private static List<String> errors(RawClient client) {
        return client.startupFrames().stream()
                .filter(frame -> frame.is('E'))
                .map(frame -> FrameText.sqlState(List.of(frame)))
                .toList();
    }

    /** What comes before the first ReadyForQuery, but for the key to cancel with. */
    private static List<Frame> greeting(LoginRequest login) {
        try (RawClient client = RawClient.connect(login)) {
            return client.startupFrames().stream()
                    .filter(frame -> !frame.is('K'))
                    .toList();
        }
    }

    private static LoginRequest direct(Mode mode) {
        LoginRequest plain = LoginRequest.to(OracleDatabase.port(), OracleDatabase.name());
        return mode == Mode.READ_ONLY ? plain.set("default_transaction_read_only", "on") : plain;
    }

    private static LoginRequest proxied(Mode mode) {
        ProxyUnderTest proxy = PROXIES.computeIfAbsent(
                mode, m -> ProxyUnderTest.inFrontOf(OracleDatabase.port(), OracleDatabase.name(), m));
        return LoginRequest.to(proxy.port(), OracleDatabase.name());
    }
}
