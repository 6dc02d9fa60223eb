package dev.sqlmem.plan;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** Finds the columns that a condition holds to one value each, so that a unique index can answer. */
final class Conjuncts {
    private Conjuncts() {}

    static void keys(@Nullable Expression condition, Translation out) throws NotTranslatable {
        if (condition instanceof AndExpression and) {
            keys(and.getLeftExpression(), out);
            keys(and.getRightExpression(), out);
        } else if (condition instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            keys(list.get(0), out);
        } else if (condition instanceof EqualsTo equal) {
            key(equal.getLeftExpression(), equal.getRightExpression(), out);
            key(equal.getRightExpression(), equal.getLeftExpression(), out);
        } else if (condition instanceof InExpression in
                && !in.isNot()
                && in.getRightExpression() instanceof ParenthesedExpressionList<?> list
                && list.size() == 1) {
            key(in.getLeftExpression(), list.get(0), out);
        }
    }

    private static void key(Expression column, Expression value, Translation out) throws NotTranslatable {
        boolean plain = value instanceof JdbcParameter
                || (value instanceof SignedExpression signed && signed.getExpression() instanceof JdbcParameter);
        if (plain && column instanceof Column written) {
            out.keyed.add(out.scope.resolve(written).attnum());
        }
    }
}
