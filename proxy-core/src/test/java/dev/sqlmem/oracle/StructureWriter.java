package dev.sqlmem.oracle;

/** Writes statements of several tables and queries: joins, subqueries, WITH, set operations, windows, wildcards. */
final class StructureWriter {
    private final Dice dice;
    private final JoinWriter joins;
    private final SubqueryWriter subqueries;
    private final CompoundWriter compounds;
    private final WindowWriter windows;

    StructureWriter(Dice dice, Operands operands, boolean transparent) {
        Sources sources = new Sources(dice, operands);
        this.dice = dice;
        this.joins = new JoinWriter(dice, operands, sources);
        this.subqueries = new SubqueryWriter(dice, operands, sources, transparent);
        this.compounds = new CompoundWriter(dice, sources);
        this.windows = new WindowWriter(dice, sources);
    }

    /** A statement that read-only mode answers as well. */
    GeneratedStatement ofQueries() {
        int die = dice.below(100);
        if (die < 60) {
            return subqueries.any();
        }
        return die < 80 ? compounds.any() : windows.any();
    }

    /** A statement for transparent mode. */
    GeneratedStatement any() {
        return dice.percent(50) ? joins.any() : ofQueries();
    }
}
