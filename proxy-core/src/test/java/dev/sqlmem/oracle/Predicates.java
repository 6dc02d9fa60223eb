package dev.sqlmem.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes conditions of the first set. */
final class Predicates {
    private final Dice dice;
    private final Operands operands;
    private final Function<OracleColumn, String> naming;

    /**
     * @param naming how the statement at hand writes a column's name
     */
    Predicates(Dice dice, Operands operands, Function<OracleColumn, String> naming) {
        this.dice = dice;
        this.operands = operands;
        this.naming = naming;
    }

    /** A condition and the construct that it is about. */
    record Predicate(String label, SqlText text) {}

    /** A condition on some of these columns, of any depth up to the given one. */
    Predicate any(List<OracleColumn> columns, int depth) {
        if (depth == 0 || dice.percent(65)) {
            return atom(dice.pick(columns));
        }
        if (dice.percent(20)) {
            return new Predicate(
                    "not",
                    SqlText.of("NOT (").add(any(columns, depth - 1).text()).add(")"));
        }
        List<SqlText> terms = new ArrayList<>();
        for (int i = dice.between(2, 3); i > 0; i--) {
            SqlText term = any(columns, depth - 1).text();
            terms.add(dice.percent(70) ? SqlText.of("(").add(term).add(")") : term);
        }
        return new Predicate("and/or", SqlText.join(dice.pick(" AND ", " OR ", " and "), terms));
    }

    Predicate atom(OracleColumn column) {
        if (column.type() == SampleType.OTHER) {
            return isNull(column);
        }
        if (column.type() == SampleType.BOOL && dice.percent(40)) {
            return truth(column);
        }
        if (column.type().isString() && dice.percent(30)) {
            return like(column);
        }
        int die = dice.below(100);
        if (die < 50) {
            return comparison(column);
        }
        if (die < 67) {
            return in(column);
        }
        if (die < 83) {
            return between(column);
        }
        if (die < 98) {
            return isNull(column);
        }
        return new Predicate(
                "is distinct from",
                name(column)
                        .add(dice.pick(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "))
                        .add(operands.forColumn(column)));
    }

    private Predicate comparison(OracleColumn column) {
        String operator = dice.pick("=", "=", "=", "<>", "!=", "<", "<=", ">", ">=");
        String label = "!=".equals(operator) ? "<>" : operator;
        Hole operand = operands.forColumn(column);
        if (dice.percent(12)) {
            return new Predicate(
                    label, new SqlText().add(operand).add(" " + operator + " ").add(name(column)));
        }
        if (dice.percent(8)) {
            return new Predicate(
                    "column with column", name(column).add(" " + operator + " ").add(name(column)));
        }
        String space = dice.percent(80) ? " " : "";
        return new Predicate(label, name(column).add(space + operator + " ").add(operand));
    }

    private Predicate in(OracleColumn column) {
        List<SqlText> members = new ArrayList<>();
        for (int i = dice.between(1, 6); i > 0; i--) {
            members.add(new SqlText().add(dice.percent(15) ? operands.forColumn(column) : operands.plain(column)));
        }
        return new Predicate(
                "in",
                name(column)
                        .add(dice.pick(" IN (", " NOT IN (", " in ("))
                        .add(SqlText.join(", ", members))
                        .add(")"));
    }

    private Predicate between(OracleColumn column) {
        return new Predicate(
                "between",
                name(column)
                        .add(
                                dice.percent(95)
                                        ? dice.pick(" BETWEEN ", " BETWEEN ", " NOT BETWEEN ")
                                        : " BETWEEN SYMMETRIC ")
                        .add(operands.forColumn(column))
                        .add(" AND ")
                        .add(operands.forColumn(column)));
    }

    private Predicate isNull(OracleColumn column) {
        return new Predicate(
                "is null",
                name(column)
                        .add(
                                dice.percent(95)
                                        ? dice.pick(" IS NULL", " IS NOT NULL", " is not null")
                                        : dice.pick(" ISNULL", " NOTNULL")));
    }

    private Predicate truth(OracleColumn column) {
        return new Predicate(
                "boolean",
                SqlText.of(dice.pick("", "", "NOT "))
                        .add(name(column))
                        .add(dice.pick(
                                "", "", " IS TRUE", " IS NOT TRUE", " IS FALSE", " IS NOT FALSE", " IS UNKNOWN")));
    }

    private Predicate like(OracleColumn column) {
        SqlText text = name(column)
                .add(dice.pick(" LIKE ", " LIKE ", " LIKE ", " NOT LIKE ", " ILIKE ", " NOT ILIKE "))
                .add(operands.pattern(pattern(column)));
        return new Predicate(
                "like", dice.percent(6) ? text.add(" ESCAPE " + dice.pick("'!'", "'\\'", "'_'", "''")) : text);
    }

    private String pattern(OracleColumn column) {
        String text = operands.text(column);
        int[] points = text.codePoints().toArray();
        StringBuilder pattern = new StringBuilder();
        for (int point : points) {
            int die = dice.below(100);
            if (die < 12) {
                pattern.append('_');
            } else if (die < 20) {
                pattern.append('%');
            } else if (die < 26) {
                pattern.append('\\').appendCodePoint(point);
            } else if (die < 30) {
                pattern.append('!').appendCodePoint(point);
            } else {
                pattern.appendCodePoint(point);
            }
        }
        return dice.pick("", "%", "") + pattern + dice.pick("", "%", "_", "%");
    }

    private SqlText name(OracleColumn column) {
        return SqlText.of(naming.apply(column));
    }
}
