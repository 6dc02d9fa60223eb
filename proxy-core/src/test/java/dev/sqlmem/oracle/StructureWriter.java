package dev.sqlmem.oracle;

/** Writes statements of several tables and queries: joins, subqueries, WITH, set operations, windows, wildcards. */
final class StructureWriter {
    private final Dice dice;
    private final JoinWriter joins;
    private final SubqueryWriter subqueries;
    private final CompoundWriter compounds;
    private final WindowWriter windows;
    private final ComputedWriter computed;

    StructureWriter(Dice dice, Operands operands, boolean transparent) {
        Sources sources = new Sources(dice, operands);
        this.dice = dice;
        this.joins = new JoinWriter(dice, operands, sources);
        this.subqueries = new SubqueryWriter(dice, operands, sources, transparent);
        this.compounds = new CompoundWriter(dice, sources);
        this.windows = new WindowWriter(dice, sources);
        this.computed = new ComputedWriter(dice, operands, sources);
    }

    /** A statement that read-only mode answers as well. */
    GeneratedStatement ofQueries() {
        int die = dice.below(100);
        if (die < 50) {
            return subqueries.any();
        }
        if (die < 65) {
            return computed.overDerived();
        }
        return die < 82 ? compounds.any() : windows.any();
    }

    /** A statement for transparent mode. */
    GeneratedStatement any() {
        int die = dice.below(100);
        if (die < 15) {
            return computed.overJoin();
        }
        return die < 55 ? joins.any() : ofQueries();
    }
}
