package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.type.NotTranslatable;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.statement.select.Select;

/** Queries that stand in expressions (manual, "Subquery Expressions"). */
public interface SubqueryExpressions {

    Node exists(ExistsExpression exists) throws NotTranslatable;

    /** A subquery that is one value. */
    Node scalar(Select select) throws NotTranslatable;

    Node in(Expression left, boolean not, Select select) throws NotTranslatable;

    /** {@code = ANY (SELECT …)} and {@code <> ALL (SELECT …)}. */
    Node quantified(Expression left, String operator, AnyComparisonExpression any) throws NotTranslatable;
}
