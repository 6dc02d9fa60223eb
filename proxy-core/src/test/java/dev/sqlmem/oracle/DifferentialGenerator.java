package dev.sqlmem.oracle;

/**
 * Writes statements from a seed: the n-th statement of a seed is always the same,
 * however many are asked for.
 */
public final class DifferentialGenerator {
    private static final int EXPRESSIONS_PERCENT = Integer.getInteger("sqlmem.oracle.expressions", 45);
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
        Operands operands = new Operands(values, dice);
        StatementWriter writer = new StatementWriter(table, dice, operands);
        if (dice.percent(EXPRESSIONS_PERCENT)) {
            return new ExpressionStatements(table, dice, operands, writer).any();
        }
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
