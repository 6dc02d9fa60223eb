package dev.sqlmem.oracle;

import dev.sqlmem.oracle.DifferentialGenerator.Subject;
import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Generated statements of one seed about one database, asked directly and through a proxy of their own.
 *
 * <p>{@code -Dsqlmem.oracle.show} prints the shapes that were relayed for a reason with this text in it.
 */
record OracleRound(String database, Subject subject, long seed, int first, int count) {
    private static final String SHOW = System.getProperty("sqlmem.oracle.show");
    private static final String LINE = "%8s%8s%8s%8s  %s%n";

    /**
     * What a round has found.
     *
     * @param givenUp the answers that the cache gave up
     * @param routes a table of the ways that the statements took
     */
    record Result(
            OracleRound round,
            List<String> differences,
            CacheShare share,
            GivenUp givenUp,
            int answers,
            String routes) {
        String headline() {
            return "%s, seed %d, %s, statements %d to %d: %d answers compared, %d differences"
                    .formatted(
                            round.database,
                            round.seed,
                            round.subject,
                            round.first,
                            round.first + round.count,
                            answers,
                            differences.size());
        }
    }

    Result ask() {
        LoginRequest direct =
                LoginRequest.to(OracleDatabase.port(), database).set("default_transaction_read_only", "on");
        try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(OracleDatabase.port(), database, mode())) {
            LoginRequest plain = LoginRequest.to(proxy.port(), database);
            LoginRequest proxied = mode() == Mode.READ_ONLY ? plain : plain.set("default_transaction_read_only", "on");
            try (DifferentialRun run = new DifferentialRun(direct, proxied, seed, subject);
                    RawClient admin = RawClient.connect(plain)) {
                CacheShare share = new CacheShare();
                share.begin(admin);
                GivenUp givenUp = new GivenUp();
                run.ask(first, count, statement -> {
                    share.add(statement.label(), admin);
                    givenUp.look(statement.label(), admin);
                });
                return new Result(this, run.differences(), share, givenUp, run.executions(), routes(admin));
            }
        }
    }

    private Mode mode() {
        return subject == Subject.READ_ONLY ? Mode.READ_ONLY : Mode.TRANSPARENT;
    }

    /** Calls, hits and misses by route, and for what is not served by the reason. */
    private static String routes(RawClient admin) {
        List<List<String>> rows = FrameText.textRows(
                admin.simpleQuery("SELECT route, reason, calls, hits, misses, shape FROM sqlmem.statements"));
        Map<String, long[]> routes = new TreeMap<>();
        for (List<String> row : rows) {
            String reason = row.get(1).lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "…");
            if (SHOW != null && reason.contains(SHOW)) {
                System.out.println(reason + ": " + row.get(5));
            }
            String served = "serve".equals(row.get(0)) ? "serve" : row.get(0) + ": " + reason;
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
