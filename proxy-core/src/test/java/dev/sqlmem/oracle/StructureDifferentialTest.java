package dev.sqlmem.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same promise for statements of several tables and queries in transparent mode: each construct gets the
 * server's frames, and comes from the cache.
 */
@Tag("proxy")
class StructureDifferentialTest {
    private static final long SEED = Long.getLong("sqlmem.oracle.seed", 20_260_201L);
    private static final int COUNT = Integer.getInteger("sqlmem.oracle.structure.count", 200);
    private static final int FIRST = Integer.getInteger("sqlmem.oracle.first", 0);
    private static final int ENOUGH_FOR_SHARES = 150;
    private static final int ENOUGH_OF_ONE = 8;

    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.inFrontOf(OracleDatabase.port(), OracleDatabase.name(), Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        if (proxy != null) {
            proxy.close();
        }
    }

    @Test
    void answersAsPostgresDoes() {
        LoginRequest direct = LoginRequest.to(OracleDatabase.port(), OracleDatabase.name())
                .set("default_transaction_read_only", "on");
        LoginRequest proxied =
                LoginRequest.to(proxy.port(), OracleDatabase.name()).set("default_transaction_read_only", "on");
        CacheShare share = new CacheShare();
        try (DifferentialRun run = new DifferentialRun(direct, proxied, SEED, DifferentialGenerator.Subject.STRUCTURE);
                RawClient admin = RawClient.connect(proxied)) {
            share.begin(DifferentialTest.stats(admin));
            run.ask(FIRST, COUNT, statement -> share.add(statement.label(), DifferentialTest.stats(admin)));
            System.out.printf(
                    "seed %d, statements %d to %d: %d answers compared%n%s%s",
                    SEED,
                    FIRST,
                    FIRST + COUNT,
                    run.executions(),
                    share.table(run.statementsByLabel()),
                    DifferentialTest.routes(admin));

            assertThat(run.differences()).isEmpty();
            if (COUNT >= ENOUGH_FOR_SHARES) {
                everyConstructIsCached(share, run.statementsByLabel());
            }
        }
    }

    private static void everyConstructIsCached(CacheShare share, Map<String, Integer> statements) {
        statements.forEach((label, count) -> {
            if (count >= ENOUGH_OF_ONE) {
                assertThat(share.of(label, count)).as("share of %s", label).isGreaterThan(0.2);
            }
        });
    }
}
