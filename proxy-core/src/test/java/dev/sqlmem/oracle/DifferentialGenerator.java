package dev.sqlmem.oracle;

/**
 * Writes statements from a seed: the n-th statement of a seed is always the same,
 * however many are asked for.
 */
public final class DifferentialGenerator {
    private static final int EXPRESSIONS_PERCENT = Integer.getInteger("sqlmem.oracle.expressions", 45);
    private static final int TYPED_PERCENT = Integer.getInteger("sqlmem.oracle.typed", 30);
    private static final int STRUCTURES_PERCENT = Integer.getInteger("sqlmem.oracle.structures", 10);
    private static final long STEP = 0x9E3779B97F4A7C15L;

    /** What statements are about. */
    enum Subject {
        /** One table, and now and then several queries without joins or wildcards. */
        READ_ONLY,
        /** Several tables and queries. */
        STRUCTURE
    }

    private final SampleValues values;
    private final long seed;
    private final Subject subject;

    DifferentialGenerator(SampleValues values, long seed) {
        this(values, seed, Subject.READ_ONLY);
    }

    DifferentialGenerator(SampleValues values, long seed, Subject subject) {
        this.subject = subject;
        this.values = values;
        this.seed = seed;
    }

    /** The dice of statement n, which also decide how it is asked. */
    Dice dice(int index) {
        return new Dice(seed + index * STEP);
    }

    GeneratedStatement statement(Dice dice) {
        GeneratedStatement plain = plain(dice);
        if (!plain.failing() && dice.percent(4)) {
            String end = dice.pick(";", " -- all of it", " /* the /* whole */ answer */", "\n;\n", " \t");
            return new GeneratedStatement(
                    plain.label(), SqlText.of("").add(plain.text()).add(end), plain.order(), plain.columns(), false);
        }
        return plain;
    }

    private GeneratedStatement plain(Dice dice) {
        OracleTable table = OracleTables.any(dice);
        Operands operands = new Operands(values, dice);
        StatementWriter writer = new StatementWriter(table, dice, operands);
        if (subject == Subject.STRUCTURE) {
            return new StructureWriter(dice, operands, true).any();
        }
        if (dice.percent(STRUCTURES_PERCENT)) {
            return new StructureWriter(dice, operands, false).ofQueries();
        }
        if (dice.percent(TYPED_PERCENT)) {
            return new TypedStatements(table, dice, operands, writer).any();
        }
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
