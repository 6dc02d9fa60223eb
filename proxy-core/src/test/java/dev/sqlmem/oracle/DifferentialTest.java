package dev.sqlmem.oracle;

import dev.sqlmem.oracle.DifferentialGenerator.Subject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The product's promise: generated statements, each asked twice in every form, get the same frames
 * through the proxy as from PostgreSQL, and most of them come from the cache.
 *
 * <p>{@code -Dsqlmem.oracle.seed} and {@code -Dsqlmem.oracle.count} choose the statements; with
 * {@code -Dsqlmem.oracle.first} a single one out of a report is asked again.
 */
@Tag("proxy")
class DifferentialTest {
    private static final long SEED = Long.getLong("sqlmem.oracle.seed", 20_260_101L);
    private static final int COUNT = Integer.getInteger("sqlmem.oracle.count", 2_000);
    private static final int FIRST = Integer.getInteger("sqlmem.oracle.first", 0);

    @Test
    void answersAsPostgresDoes() {
        ask(OracleDatabase.name(), Subject.READ_ONLY, COUNT);
    }

    @Test
    void answersAboutTextInAnOrderOfTheServersOwn() {
        ask(OracleDatabase.ofIcuText(), Subject.READ_ONLY, COUNT / 2);
    }

    @Test
    void answersFromSeveralTables() {
        ask(OracleDatabase.name(), Subject.STRUCTURE, COUNT / 3);
    }

    @Test
    void answersFromSeveralTablesAboutTextInAnOrderOfTheServersOwn() {
        ask(OracleDatabase.ofIcuText(), Subject.STRUCTURE, COUNT / 5);
    }

    private static void ask(String database, Subject subject, int count) {
        new OracleReport()
                .add(new OracleRound(database, subject, SEED, FIRST, count).ask())
                .hold();
    }
}
