package dev.sqlmem.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Lie;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.LyingMiddleman;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocol cases themselves on trial, as {@link DifferentialHarnessTest} does for statements. */
class ProtocolHarnessTest {
    private static final LoginRequest DIRECT = LoginRequest.to(OracleDatabase.port(), OracleDatabase.name());

    static Stream<ProtocolCase> cases() {
        return ProtocolComparison.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsNoDifferenceBetweenPostgresAndItself(ProtocolCase one) {
        assertThat(ProtocolComparison.difference(one, DIRECT, DIRECT)).isEmpty();
    }

    @Test
    void findsNoDifferenceInFuzzedScripts() {
        assertThat(ProtocolComparison.fuzz(1, 20, DIRECT, DIRECT)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void catchesALiar(Lie lie) {
        try (LyingMiddleman liar = new LyingMiddleman(OracleDatabase.port(), lie)) {
            LoginRequest lied =
                    LoginRequest.to(liar.port(), OracleDatabase.name()).within(Duration.ofSeconds(10));

            assertThat(ExtendedCases.all()
                            .filter(one -> ProtocolComparison.difference(one, DIRECT, lied)
                                    .isPresent())
                            .findFirst())
                    .isNotEmpty();
        }
    }
}
