package dev.sqlmem.oracle;

import dev.sqlmem.oracle.DifferentialGenerator.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise at length: 20,000 statements of each seed, over text of both orders, in both modes.
 *
 * <p>{@code -Dsqlmem.oracle.seeds} (numbers with commas) chooses the seeds, {@code -Dsqlmem.oracle.long.count} how
 * many statements each has. Two proxies are asked at a time; {@code -Dsqlmem.oracle.threads} says otherwise.
 */
@Tag("proxy")
@Tag("long")
class LongDifferentialTest {
    private static final String SEEDS = System.getProperty("sqlmem.oracle.seeds", "1,22,333");
    private static final int COUNT = Integer.getInteger("sqlmem.oracle.long.count", 20_000);
    private static final int THREADS = Integer.getInteger("sqlmem.oracle.threads", 2);

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAsPostgresDoes(long seed) throws ExecutionException, InterruptedException {
        List<OracleRound> rounds = List.of(
                new OracleRound(OracleDatabase.name(), Subject.READ_ONLY, seed, 0, part(35)),
                new OracleRound(OracleDatabase.name(), Subject.STRUCTURE, seed, 0, part(25)),
                new OracleRound(OracleDatabase.ofIcuText(), Subject.READ_ONLY, seed, part(35), part(25)),
                new OracleRound(OracleDatabase.ofIcuText(), Subject.STRUCTURE, seed, part(25), part(15)));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<OracleRound.Result> results = new ArrayList<>();
            List<Future<OracleRound.Result>> asked =
                    rounds.stream().map(round -> threads.submit(round::ask)).toList();
            for (Future<OracleRound.Result> result : asked) {
                results.add(result.get());
            }
            OracleReport.of(results).hold();
        } finally {
            threads.shutdownNow();
        }
    }

    private static int part(int percent) {
        return COUNT * percent / 100;
    }

    static LongStream seeds() {
        return Stream.of(SEEDS.split(",")).mapToLong(Long::parseLong);
    }
}
