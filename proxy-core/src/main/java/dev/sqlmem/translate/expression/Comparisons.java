package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.type.Collations;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Comparands;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.IntervalConstant;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.type.Oid;

/** Comparisons of two operands by {@code = <> < <= > >=} (manual, "Comparison Functions and Operators"). */
public final class Comparisons {
    private final Translation out;
    private final Constants constants;

    public Comparisons(Translation out, Constants constants) {
        this.out = out;
        this.constants = constants;
    }

    /** Compares two operands by {@code = <> < <= > >=}. */
    Term compare(String operator, Operand left, Operand right) throws NotTranslatable {
        Comparability.Pair pair = operands(operator, left, right);
        Sql sql = Sql.of("(", pair.left(), " " + operator + " ", pair.right(), ")");
        return Term.condition(sql, pair.left(), pair.right());
    }

    /** Brings two operands to what SQLite compares by the operator as the server does. */
    public Comparability.Pair operands(String operator, Operand left, Operand right) throws NotTranslatable {
        out.names.add(operator);
        Comparability.Pair pair = paired(interval(left, right), interval(right, left));
        var order = Collations.common(pair.left().order(), pair.right().order());
        boolean equality = operator.equals("=") || operator.equals("<>");
        Comparability.Pair ranked;
        if (equality) {
            ranked = null;
        } else {
            ranked = Comparability.ranked(pair, out);
        }
        if (ranked != null) {
            return ranked;
        }
        for (Term side : new Term[] {pair.left(), pair.right()}) {
            if (equality) {
                Comparability.requireEquality(side, order);
            } else {
                Comparability.requireOrder(side, order);
            }
        }
        return pair;
    }

    /** A constant interval beside an interval is read as one. */
    private Operand interval(Operand operand, Operand other) {
        boolean beside =
                operand instanceof IntervalConstant && other instanceof Term term && term.type() == Oid.INTERVAL;
        out.beyond |= beside;
        if (beside) {
            return ((IntervalConstant) operand).literal();
        }
        return operand;
    }

    private Comparability.Pair paired(Operand left, Operand right) throws NotTranslatable {
        if (left instanceof Term l && right instanceof Value r) {
            out.beyond |= r.isNull() || l.column() == null;
            return new Comparability.Pair(l, constants.comparand(r, l, Comparands.implied(l), false));
        }
        if (left instanceof Value l && right instanceof Term r) {
            out.beyond |= l.isNull() || r.column() == null;
            return new Comparability.Pair(constants.comparand(l, r, Comparands.implied(r), false), r);
        }
        out.beyond |= !(left instanceof Term l && l.column() != null && right instanceof Term r && r.column() != null);
        int type;
        if (left.type() == 0) {
            type = right.type();
        } else {
            type = left.type();
        }
        return Comparability.pair(
                constants.term(left, type == 0 ? Oid.TEXT : type), constants.term(right, type == 0 ? Oid.TEXT : type));
    }

    public static Term not(Term condition) throws NotTranslatable {
        return Term.condition(Sql.of("(NOT ", condition, ")"), condition);
    }
}
