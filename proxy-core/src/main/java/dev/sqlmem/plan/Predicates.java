package dev.sqlmem.plan;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TextOrder;
import java.util.Map;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;

/** Conditions: {@code = <> < <= > >= IN BETWEEN LIKE IS AND OR NOT} over columns and values. */
final class Predicates {
    /** Operators by their PostgreSQL text, with the operator that holds when the sides change places. */
    private static final Map<String, String> MIRRORED =
            Map.of("=", "=", "<>", "<>", "!=", "!=", "<", ">", "<=", ">=", ">", "<", ">=", "<=");

    private final Translation out;
    private final Operands operands;

    Predicates(Translation out) {
        this.out = out;
        this.operands = new Operands(out);
    }

    /** Writes a condition; {@code conjunct} says that it must hold for every row of the answer. */
    void condition(Expression expression, boolean conjunct) throws NotTranslatable {
        if (expression instanceof AndExpression and) {
            junction(and.getLeftExpression(), " AND ", and.getRightExpression(), conjunct);
        } else if (expression instanceof OrExpression or) {
            junction(or.getLeftExpression(), " OR ", or.getRightExpression(), false);
        } else if (expression instanceof NotExpression not) {
            out.sqlite.append("(NOT ");
            out.source.append("NOT ");
            condition(not.getExpression(), false);
            out.sqlite.append(')');
        } else if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            out.both("(");
            condition(list.get(0), conjunct);
            out.both(")");
        } else if (expression instanceof Column column) {
            out.column(bool(column));
        } else {
            predicate(expression, conjunct);
        }
    }

    private void predicate(Expression expression, boolean conjunct) throws NotTranslatable {
        if (expression instanceof ComparisonOperator comparison) {
            comparison(comparison, conjunct);
        } else if (expression instanceof InExpression in) {
            in(in, conjunct);
        } else if (expression instanceof Between between) {
            between(between);
        } else if (expression instanceof LikeExpression like) {
            like(like);
        } else if (expression instanceof IsNullExpression isNull) {
            isNull(isNull);
        } else if (expression instanceof IsBooleanExpression is) {
            isBoolean(is);
        } else {
            throw new NotTranslatable("a condition of another kind (" + kind(expression) + ")");
        }
    }

    private void junction(Expression left, String word, Expression right, boolean conjunct) throws NotTranslatable {
        out.sqlite.append('(');
        condition(left, conjunct);
        out.both(word);
        condition(right, conjunct);
        out.sqlite.append(')');
    }

    private void comparison(ComparisonOperator comparison, boolean conjunct) throws NotTranslatable {
        String operator = comparison.getStringExpression().trim();
        String mirrored = MIRRORED.get(operator);
        if (mirrored == null) {
            throw new NotTranslatable("operator " + operator);
        }
        Expression left = comparison.getLeftExpression();
        Expression right = comparison.getRightExpression();
        if (left instanceof Column a && right instanceof Column b) {
            columns(a, operator, b);
        } else if (left instanceof Column a) {
            ColumnDefinition column = compared(a, operator);
            out.both(operator);
            operands.value(right, column, implied(column));
            key(column, operator, conjunct);
        } else if (right instanceof Column b && Operands.isValue(left)) {
            ColumnDefinition column = out.scope.resolve(b);
            ordered(column, operator);
            operands.value(left, column, implied(column));
            out.both(operator);
            column(b, column);
            key(column, operator, conjunct);
        } else {
            throw new NotTranslatable("a comparison of expressions");
        }
    }

    private void columns(Column a, String operator, Column b) throws NotTranslatable {
        ColumnDefinition left = compared(a, operator);
        out.both(operator);
        ColumnDefinition right = compared(b, operator);
        if (!comparable(left, right)) {
            throw new NotTranslatable("a comparison of " + left.typeName() + " with " + right.typeName());
        }
        if (left.order() != right.order()) {
            throw new NotTranslatable("a comparison across collations");
        }
    }

    private static boolean comparable(ColumnDefinition left, ColumnDefinition right) {
        Family family = Family.of(left);
        boolean sameType = left.typeOid() == right.typeOid();
        return switch (family) {
            case OTHER -> sameType;
            case NUMERIC -> sameType && left.typmod() == right.typmod();
            case INTEGER, TEXT, PADDED -> family == Family.of(right);
        };
    }

    private void in(InExpression in, boolean conjunct) throws NotTranslatable {
        if (!(in.getLeftExpression() instanceof Column left)
                || !(in.getRightExpression() instanceof ParenthesedExpressionList<?> list)
                || list.isEmpty()) {
            throw new NotTranslatable("IN with a subquery or an expression");
        }
        ColumnDefinition column = compared(left, "=");
        out.both(in.isNot() ? " NOT IN (" : " IN (");
        int implied = list.size() == 1 ? implied(column) : operands.commonType(column, list);
        if (list.size() > 1 && Family.of(column) == Family.PADDED) {
            operands.requireNoOtherText(list); // char(n) is the type of them all; beside one value it would be text
        }
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.both(", ");
            }
            operands.value(list.get(i), column, implied);
        }
        out.both(")");
        key(column, list.size() == 1 && !in.isNot() ? "=" : "in", conjunct);
    }

    private void between(Between between) throws NotTranslatable {
        if (!(between.getLeftExpression() instanceof Column left)) {
            throw new NotTranslatable("BETWEEN over an expression");
        }
        ColumnDefinition column = compared(left, "<");
        out.both(between.isNot() ? " NOT BETWEEN " : " BETWEEN ");
        operands.value(between.getBetweenExpressionStart(), column, implied(column));
        out.both(" AND ");
        operands.value(between.getBetweenExpressionEnd(), column, implied(column));
    }

    private void like(LikeExpression like) throws NotTranslatable {
        if (!(like.getLeftExpression() instanceof Column left)
                || like.getLikeKeyWord() != LikeExpression.KeyWord.LIKE
                || like.getEscape() != null) {
            throw new NotTranslatable("a pattern match other than plain LIKE");
        }
        ColumnDefinition column = compared(left, "=");
        if (Family.of(column) != Family.TEXT) {
            throw new NotTranslatable("LIKE over a column of type " + column.typeName());
        }
        out.both(like.isNot() ? " NOT LIKE " : " LIKE ");
        operands.pattern(like.getRightExpression());
        out.sqlite.append(" ESCAPE '\\'");
    }

    private void isNull(IsNullExpression isNull) throws NotTranslatable {
        if (!(isNull.getLeftExpression() instanceof Column left) || isNull.isUseIsNull() || isNull.isUseNotNull()) {
            throw new NotTranslatable("IS NULL over an expression");
        }
        column(left, out.scope.resolve(left));
        out.both(isNull.isNot() ? " IS NOT NULL" : " IS NULL");
    }

    private void isBoolean(IsBooleanExpression is) throws NotTranslatable {
        if (!(is.getLeftExpression() instanceof Column left)) {
            throw new NotTranslatable("IS TRUE over an expression");
        }
        out.column(bool(left));
        out.both((is.isNot() ? " IS NOT " : " IS ") + (is.isTrue() ? "TRUE" : "FALSE"));
    }

    private ColumnDefinition bool(Column written) throws NotTranslatable {
        ColumnDefinition column = out.scope.resolve(written);
        if (column.typeOid() != Oid.BOOL) {
            throw new NotTranslatable("a condition that is not boolean");
        }
        out.source.append(written);
        return column;
    }

    private ColumnDefinition compared(Column written, String operator) throws NotTranslatable {
        ColumnDefinition column = out.scope.resolve(written);
        ordered(column, operator);
        column(written, column);
        return column;
    }

    private void column(Column written, ColumnDefinition column) {
        out.column(column);
        out.source.append(written);
    }

    private static void ordered(ColumnDefinition column, String operator) throws NotTranslatable {
        boolean equality = operator.equals("=") || operator.equals("<>") || operator.equals("!=");
        requireOrder(column, !equality);
    }

    /** Refuses a text column whose collation SQLite cannot reproduce. */
    static void requireOrder(ColumnDefinition column, boolean order) throws NotTranslatable {
        if (column.order() == TextOrder.NONDETERMINISTIC) {
            throw new NotTranslatable("column " + column.name() + " has a nondeterministic collation");
        }
        if (order && column.order() == TextOrder.UNKNOWN) {
            throw new NotTranslatable("column " + column.name() + " is ordered by a collation of the server's own");
        }
    }

    private void key(ColumnDefinition column, String operator, boolean conjunct) {
        if (conjunct && operator.equals("=")) {
            out.keyed.add(column.attnum());
        }
    }

    /** The type that an undeclared parameter takes beside the column. */
    private static int implied(ColumnDefinition column) {
        return column.typeOid() == Oid.VARCHAR ? Oid.TEXT : column.typeOid();
    }

    private static String kind(Expression expression) {
        return expression.getClass().getSimpleName();
    }
}
