package dev.sqlmem.oracle;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import java.util.ArrayList;
import java.util.List;

/**
 * A short run of the oracle in front of the server at {@code -Dsqlmem.test.port}: generated statements,
 * and fuzzed conversations in both modes. Prints the differences; the exit status is 0 where there are none.
 */
public final class VersionRun {
    private static final long SEED = 20_260_401L;
    private static final int STATEMENTS = Integer.getInteger("sqlmem.oracle.count", 600);
    private static final int SESSIONS = Integer.getInteger("sqlmem.fuzz.sessions", 10);

    private VersionRun() {}

    public static void main(String[] arguments) {
        List<String> differences = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            LoginRequest plain = LoginRequest.to(OracleDatabase.port(), OracleDatabase.name());
            LoginRequest direct = mode == Mode.READ_ONLY ? plain.set("default_transaction_read_only", "on") : plain;
            try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(OracleDatabase.port(), OracleDatabase.name(), mode)) {
                LoginRequest proxied = LoginRequest.to(proxy.port(), OracleDatabase.name());
                if (mode == Mode.READ_ONLY) {
                    differences.addAll(generated(direct, proxied));
                }
                ProtocolComparison.fuzz(SEED, SESSIONS, direct, proxied).ifPresent(differences::add);
            }
        }
        differences.forEach(System.out::println);
        System.exit(differences.isEmpty() ? 0 : 1);
    }

    private static List<String> generated(LoginRequest direct, LoginRequest proxied) {
        try (DifferentialRun run = new DifferentialRun(direct, proxied, SEED)) {
            run.ask(0, STATEMENTS, statement -> {});
            System.out.println(run.executions() + " answers compared");
            return run.differences();
        }
    }
}
