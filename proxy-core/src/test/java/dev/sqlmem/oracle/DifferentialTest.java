package dev.sqlmem.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The product's promise: generated statements, each asked twice in every form, get the same frames
 * through the proxy as from PostgreSQL, and most of them come from the cache.
 *
 * <p>{@code -Dsqlmem.oracle.seed} and {@code -Dsqlmem.oracle.count} choose the statements; with
 * {@code -Dsqlmem.oracle.first} a single one out of a report is asked again. {@code -Dsqlmem.oracle.show}
 * prints the shapes that were relayed for a reason with this text in it.
 */
@Tag("proxy")
class DifferentialTest {
    private static final long SEED = Long.getLong("sqlmem.oracle.seed", 20_260_101L);
    private static final int COUNT = Integer.getInteger("sqlmem.oracle.count", 2_000);
    private static final int FIRST = Integer.getInteger("sqlmem.oracle.first", 0);
    private static final String SHOW = System.getProperty("sqlmem.oracle.show");
    private static final int ENOUGH_FOR_SHARES = 1_000;
    private static final double ENOUGH_SHARE = 0.5;
    private static final int OFTEN = 12;
    private static final String WRONG = "wrong on purpose";
    private static final String LINE = "%8s%8s%8s%8s  %s%n";

    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.inFrontOf(OracleDatabase.port(), OracleDatabase.name(), Mode.READ_ONLY);
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
        LoginRequest proxied = LoginRequest.to(proxy.port(), OracleDatabase.name());
        CacheShare share = new CacheShare();
        try (DifferentialRun run = new DifferentialRun(direct, proxied, SEED);
                RawClient admin = RawClient.connect(proxied)) {
            share.begin(stats(admin));
            run.ask(FIRST, COUNT, statement -> share.add(statement.label(), stats(admin)));
            System.out.printf(
                    "seed %d, statements %d to %d: %d answers compared, %d errors in other words%n%s%s",
                    SEED,
                    FIRST,
                    FIRST + COUNT,
                    run.executions(),
                    run.otherErrorTexts(),
                    share.table(run.statementsByLabel()),
                    routes(admin));

            assertThat(run.differences()).isEmpty();
            if (COUNT >= ENOUGH_FOR_SHARES) {
                assertThat(share.of(run.executions()))
                        .as("share answered from the cache")
                        .isGreaterThan(ENOUGH_SHARE);
                assertThat(share.neverAnswered(run.statementsByLabel(), OFTEN))
                        .as("constructs that the cache never answered")
                        .isSubsetOf(WRONG, "open representation");
            }
        }
    }

    static Map<String, Double> stats(RawClient admin) {
        return FrameText.textRows(admin.simpleQuery("SELECT name, value FROM sqlmem.stats")).stream()
                .filter(row -> row.get(1).matches("-?[0-9]+([.][0-9]+)?"))
                .collect(Collectors.toMap(row -> row.get(0), row -> Double.parseDouble(row.get(1))));
    }

    /** Calls, hits and misses by route, and for what is not served by the reason. */
    static String routes(RawClient admin) {
        List<List<String>> rows = FrameText.textRows(
                admin.simpleQuery("SELECT route, reason, calls, hits, misses, shape FROM sqlmem.statements"));
        assertThat(rows).as("sqlmem.statements").isNotEmpty();
        Map<String, long[]> routes = new TreeMap<>();
        for (List<String> row : rows) {
            if (SHOW != null && row.get(1).contains(SHOW)) {
                System.out.println(row.get(1) + ": " + row.get(5));
            }
            String served = "serve".equals(row.get(0)) ? "serve" : row.get(0) + ": " + row.get(1);
            long[] sums = routes.computeIfAbsent(served, route -> new long[4]);
            sums[0]++;
            for (int i = 2; i < 5; i++) {
                sums[i - 1] += Long.parseLong(row.get(i));
            }
        }
        StringBuilder table = new StringBuilder(LINE.formatted("shapes", "calls", "hits", "misses", "route"));
        routes.forEach((route, sums) -> table.append(LINE.formatted(sums[0], sums[1], sums[2], sums[3], route)));
        return table.toString();
    }
}
