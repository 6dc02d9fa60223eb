package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import java.util.Map;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.IsUnknownExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/** Predicates: comparisons of expressions and rows, IS, BETWEEN; lists and patterns have classes of their own. */
final class Predicates {
    private static final Map<String, String> OPERATORS =
            Map.of("=", "=", "<>", "<>", "!=", "<>", "<", "<", "<=", "<=", ">", ">", ">=", ">=");

    private final ExpressionReader expressions;
    private final Translation out;
    private final Constants constants;
    private final Comparisons comparisons;
    private final SubqueryExpressions subqueries;
    private final Lists lists;
    private final Rows rows;
    private final Patterns patterns;

    Predicates(
            ExpressionReader expressions,
            Translation out,
            Constants constants,
            Comparisons comparisons,
            SubqueryExpressions subqueries) {
        this.expressions = expressions;
        this.out = out;
        this.constants = constants;
        this.comparisons = comparisons;
        this.subqueries = subqueries;
        this.rows = new Rows(expressions, out, comparisons);
        this.lists = new Lists(expressions, out, constants, comparisons, rows);
        this.patterns = new Patterns(expressions, out, constants);
    }

    /** Reads a predicate, or returns null where it is none. */
    @Nullable
    Node read(Expression expression) throws NotTranslatable {
        if (expression instanceof ComparisonOperator comparison) {
            return comparison(comparison);
        }
        if (expression instanceof InExpression in) {
            return in(in);
        }
        if (expression instanceof Between between) {
            return between(between);
        }
        if (expression instanceof LikeExpression like) {
            return patterns.like(like);
        }
        if (expression instanceof IsNullExpression isNull) {
            return isNull(isNull);
        }
        if (expression instanceof IsBooleanExpression is) {
            return is(is.getLeftExpression(), is.isNot(), is.isTrue() ? "TRUE" : "FALSE");
        }
        if (expression instanceof IsUnknownExpression is) {
            return is(is.getLeftExpression(), is.isNot(), "UNKNOWN");
        }
        if (expression instanceof IsDistinctExpression distinct) {
            return isDistinct(distinct);
        }
        return null;
    }

    private Node in(InExpression in) throws NotTranslatable {
        if (in.getRightExpression() instanceof Select select && !in.isGlobal() && in.getOldOracleJoinSyntax() == 0) {
            return subqueries.in(in.getLeftExpression(), in.isNot(), select);
        }
        return lists.in(in);
    }

    private Node comparison(ComparisonOperator comparison) throws NotTranslatable {
        String written = comparison.getStringExpression().trim();
        String operator = OPERATORS.get(written);
        if (operator == null || comparison.getOldOracleJoinSyntax() != 0) {
            throw new NotTranslatable("operator " + written);
        }
        Expression left = comparison.getLeftExpression();
        Expression right = comparison.getRightExpression();
        if (right instanceof AnyComparisonExpression any) {
            return subqueries.quantified(left, written, any);
        }
        if (right instanceof Function function && Lists.isQuantifier(function)) {
            return lists.quantified(expressions.read(left), written, function);
        }
        if (Rows.isRow(left) || Rows.isRow(right)) {
            return rows.comparison(left, written, operator, right);
        }
        Node l = expressions.read(left);
        Node r = expressions.read(right);
        String source = l.at(Precedence.PREDICATE) + " " + written + " " + r.at(Precedence.PREDICATE);
        return Node.of(source, Precedence.COMPARISON, comparisons.compare(operator, l.operand(), r.operand()));
    }

    private Node between(Between between) throws NotTranslatable {
        Node value = expressions.read(between.getLeftExpression());
        Node low = expressions.read(between.getBetweenExpressionStart());
        Node high = expressions.read(between.getBetweenExpressionEnd());
        String word;
        if (between.isUsingSymmetric()) {
            word = " SYMMETRIC";
        } else if (between.isUsingAsymmetric()) {
            word = " ASYMMETRIC";
        } else {
            word = "";
        }
        out.beyond |= !word.isEmpty();
        String source = value.at(Precedence.OTHER) + (between.isNot() ? " NOT BETWEEN" : " BETWEEN") + word + " "
                + low.at(Precedence.OTHER) + " AND " + high.at(Precedence.OTHER);
        Term inside = between(value.operand(), low.operand(), high.operand());
        if (between.isUsingSymmetric()) {
            Term other = between(value.operand(), high.operand(), low.operand());
            inside = Term.condition(Sql.of("(", inside, " OR ", other, ")"), inside, other);
        }
        return Node.of(source, Precedence.PREDICATE, between.isNot() ? Comparisons.not(inside) : inside);
    }

    private Term between(Operand value, Operand low, Operand high) throws NotTranslatable {
        Comparability.Pair from = comparisons.operands(">=", value, low);
        Comparability.Pair to = comparisons.operands("<=", value, high);
        Term l = from.right().total();
        Term h = to.right().total();
        Term subject = from.left().total();
        if (subject.sql().equals(to.left().sql())) {
            return Term.condition(Sql.of("(", subject, " BETWEEN ", l, " AND ", h, ")"), subject, l, h);
        }
        Sql both = Sql.of("((", subject, " >= ", l, ") AND (", to.left(), " <= ", h, "))");
        return Term.condition(both, subject, l, to.left(), h);
    }

    private Node isNull(IsNullExpression isNull) throws NotTranslatable {
        Node value = expressions.read(isNull.getLeftExpression());
        boolean not = isNull.isNot() || isNull.isUseNotNull();
        boolean word = isNull.isUseIsNull() || isNull.isUseNotNull();
        String words;
        if (word) {
            if (not) {
                words = " NOTNULL";
            } else {
                words = " ISNULL";
            }
        } else if (not) {
            words = " IS NOT NULL";
        } else {
            words = " IS NULL";
        }
        Term term = constants.term(value.operand());
        if (term.codec().isRow()) {
            throw new NotTranslatable("IS NULL over a composite type");
        }
        out.beyond |= term.column() == null;
        Sql sql = Sql.of("(", term, not ? " IS NOT NULL)" : " IS NULL)");
        return Node.of(
                value.at(Precedence.COMPARISON) + words,
                Precedence.IS,
                Term.condition(sql, term).nullable(false));
    }

    private Node is(Expression left, boolean not, String what) throws NotTranslatable {
        Node value = expressions.read(left);
        Term term = constants.condition(value.operand());
        out.beyond |= term.column() == null || what.equals("UNKNOWN");
        String words = (not ? " IS NOT " : " IS ") + what;
        Sql sql = Sql.of("(", term, words.replace("UNKNOWN", "NULL") + ")");
        return Node.of(
                value.at(Precedence.COMPARISON) + words,
                Precedence.IS,
                Term.condition(sql, term).nullable(false));
    }

    private Node isDistinct(IsDistinctExpression distinct) throws NotTranslatable {
        out.beyond = true;
        Node left = expressions.read(distinct.getLeftExpression());
        Node right = expressions.read(distinct.getRightExpression());
        Comparability.Pair pair = comparisons.operands("=", left.operand(), right.operand());
        String words;
        if (distinct.isNot()) {
            words = " IS NOT DISTINCT FROM ";
        } else {
            words = " IS DISTINCT FROM ";
        }
        Sql sql = Sql.of("(", pair.left(), distinct.isNot() ? " IS " : " IS NOT ", pair.right(), ")");
        return Node.of(
                left.at(Precedence.COMPARISON) + words + right.at(Precedence.COMPARISON),
                Precedence.IS,
                Term.condition(sql, pair.left(), pair.right()).nullable(false));
    }
}
