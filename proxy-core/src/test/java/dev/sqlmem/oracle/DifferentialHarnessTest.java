package dev.sqlmem.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.oracle.DifferentialGenerator.Subject;
import dev.sqlmem.testing.Lie;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.LyingMiddleman;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle itself on trial: it must not accuse PostgreSQL, and must not believe a liar. */
class DifferentialHarnessTest {
    private static final long SEED = 20_240_229;
    private static final int COUNT = Integer.getInteger("sqlmem.oracle.harness.count", 400);
    private static final LoginRequest DIRECT = LoginRequest.to(OracleDatabase.port(), OracleDatabase.name());

    @Test
    void findsNoDifferenceBetweenPostgresAndItself() {
        try (DifferentialRun run = new DifferentialRun(DIRECT, DIRECT, SEED)) {
            run.ask(0, 400, statement -> {});

            assertThat(run.differences()).isEmpty();
            assertThat(run.executions()).isEqualTo(400 * Form.values().length * 2);
            assertThat(run.otherErrorTexts()).isZero();
        }
    }

    /** Other plans return rows in other orders wherever SQL leaves them open. */
    @ParameterizedTest
    @EnumSource(Subject.class)
    void allowsTheOrdersThatSqlLeavesOpen(Subject subject) {
        LoginRequest otherPlans = DIRECT.set("enable_hashagg", "off")
                .set("enable_seqscan", "off")
                .set("enable_hashjoin", "off")
                .set("enable_incremental_sort", "off");
        try (DifferentialRun run =
                new DifferentialRun(DIRECT, otherPlans, SEED, subject).without(StatementWriter.OPEN)) {
            run.ask(0, COUNT, statement -> {});

            assertThat(run.differences()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUSPENSION", "STATUS"})
    void catchesALiar(Lie lie) {
        try (LyingMiddleman liar = new LyingMiddleman(OracleDatabase.port(), lie);
                DifferentialRun run =
                        new DifferentialRun(DIRECT, LoginRequest.to(liar.port(), OracleDatabase.name()), SEED)) {
            run.ask(0, 150, statement -> {});

            assertThat(run.differences()).isNotEmpty();
        }
    }

    @Test
    void writesTheSameStatementsFromTheSameSeed() {
        assertThat(texts()).hasSize(100).isEqualTo(texts()).doesNotHaveDuplicates();
    }

    private static List<String> texts() {
        try (DifferentialRun run = new DifferentialRun(DIRECT, DIRECT, SEED)) {
            List<String> texts = new ArrayList<>();
            run.ask(0, 100, statement -> texts.add(statement.text().withLiterals()));
            return texts;
        }
    }
}
