package dev.sqlmem.oracle;

/**
 * Writes statements of the first set from a seed: the n-th statement of a seed is always the same,
 * however many are asked for.
 */
public final class DifferentialGenerator {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final SampleValues values;
    private final long seed;

    DifferentialGenerator(SampleValues values, long seed) {
        this.values = values;
        this.seed = seed;
    }

    /** The dice of statement n, which also decide how it is asked. */
    Dice dice(int index) {
        return new Dice(seed + index * STEP);
    }

    GeneratedStatement statement(Dice dice) {
        OracleTable table = OracleTables.any(dice);
        StatementWriter writer = new StatementWriter(table, dice, new Operands(values, dice));
        int die = dice.below(100);
        if (die < 10) {
            return new WrongStatements(table, dice, writer).any();
        }
        if (die < 65) {
            return writer.projection();
        }
        if (die < 80) {
            return writer.aggregates();
        }
        return die < 97 ? writer.groups() : writer.beyond();
    }
}
