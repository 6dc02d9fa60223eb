package dev.sqlmem.session;

import dev.sqlmem.session.decision.ColdStarts;
import dev.sqlmem.session.metrics.Counters;
import dev.sqlmem.verify.Verifier;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What all sessions of a proxy share.
 *
 * @param readOnly whether writes, wildcards and joins are refused
 * @param fillWait how long a statement waits for a plan or a load before it is relayed
 * @param workers runs statements that may take long
 * @param counters the proxy's own statistics
 * @param localTables gives the rows of {@code sqlmem.*}
 * @param coldStarts goes on where statements have stopped waiting
 * @param verifier compares samples of the cache's answers with the server's
 */
public record SessionContext(
        boolean readOnly,
        Duration fillWait,
        Executor workers,
        Counters counters,
        LocalTables localTables,
        ColdStarts coldStarts,
        Verifier verifier) {}
