package dev.sqlmem.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What several rounds have found together: no difference may be among it, no answer
 * that the cache gave up unexpectedly, and no construct that is never cached.
 */
final class OracleReport {
    /** A construct asked less often may have met only what is rightly relayed. */
    private static final int OFTEN = 20;

    private static final double LEAST_SHARE = 0.02;
    private static final int ENOUGH_FOR_THE_WHOLE = 400;
    private static final double LEAST_SHARE_OF_ALL = 0.5;

    /** What the cache need not answer, and why. */
    private static final Set<String> NEVER = Set.of(
            "wrong on purpose", // the server's errors are the server's to give
            StatementWriter.OPEN); // which of several equal values is shown depends on the server's plan

    private final CacheShare share = new CacheShare();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder differences = new StringBuilder();
    private final List<String> failures = new ArrayList<>();

    /** Takes a round in and says what it found. */
    OracleReport add(OracleRound.Result result) {
        share.add(result.share());
        text.append(result.headline()).append('\n').append(result.routes()).append(result.givenUp());
        failures.addAll(result.givenUp().failures());
        if (!result.differences().isEmpty()) {
            differences.append(result.headline()).append('\n');
            result.differences()
                    .forEach(difference -> differences.append(difference).append('\n'));
        }
        return this;
    }

    /** Prints the table of constructs and holds the rounds to the promise. */
    void hold() {
        System.out.println(text + share.table());
        assertThat(differences.toString()).as("differences").isEmpty();
        assertThat(failures).as("shapes that the cache failed at").isEmpty();
        assertThat(share.below(LEAST_SHARE, OFTEN))
                .as("constructs that the cache hardly answered")
                .isSubsetOf(NEVER);
        if (share.statements() >= ENOUGH_FOR_THE_WHOLE) {
            assertThat(share.ofAll()).as("share answered from the cache").isGreaterThan(LEAST_SHARE_OF_ALL);
        }
    }

    static OracleReport of(List<OracleRound.Result> results) {
        OracleReport report = new OracleReport();
        results.forEach(report::add);
        return report;
    }
}
