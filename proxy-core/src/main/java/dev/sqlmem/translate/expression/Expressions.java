package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.function.Arithmetic;
import dev.sqlmem.translate.function.StringFunctions;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.Identifiers;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.type.Oid;
import java.util.Set;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExtractExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Reads the parser's expressions into the typed tree: the entrance to everything that can stand in an
 * expression. A whitelist: what is not named here or in the classes behind is not translated.
 *
 * <p>The parser's grouping of operators is checked against PostgreSQL's own precedences ({@link
 * Precedence}) at every node, for it knows some of them wrong.
 */
public final class Expressions implements ExpressionReader {
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "%");
    private static final Set<String> OTHERS = Set.of("||", "&", "|", "#", "<<", ">>");

    private final Translation out;
    private final Constants constants;
    private final ColumnNames names;
    private final SubqueryExpressions subqueries;
    private final Predicates predicates;
    private final Conditionals conditionals;
    private final Arithmetic arithmetic;
    private final CastExpressions casts;
    private final Functions functions;

    /**
     * Creates what reads the expressions of a statement.
     *
     * @param subqueries reads the queries in them
     * @param windows reads calls with OVER
     */
    public Expressions(
            Translation out,
            Constants constants,
            ColumnNames names,
            SubqueryExpressions subqueries,
            WindowCalls windows) {
        this.out = out;
        this.constants = constants;
        this.names = names;
        this.subqueries = subqueries;
        Comparisons comparisons = new Comparisons(out, constants);
        Aggregates aggregates = new Aggregates(this, out, constants, names);
        this.arithmetic = new Arithmetic(out, constants);
        this.predicates = new Predicates(this, out, constants, comparisons, subqueries);
        this.conditionals = new Conditionals(this, constants, comparisons);
        this.casts = new CastExpressions(this, out, constants);
        this.functions = new Functions(this, out, constants, conditionals, aggregates, windows);
    }

    @Override
    public Node read(Expression expression) throws NotTranslatable {
        if (expression instanceof Column column) {
            return column(column);
        }
        if (expression instanceof JdbcParameter parameter) {
            return Node.of(Constants.source(parameter), Precedence.PRIMARY, constants.read(parameter));
        }
        if (expression instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            Node inner = read(list.get(0));
            return inner.in("(" + inner.source() + ")", Precedence.PRIMARY);
        }
        if (expression instanceof AndExpression and) {
            return junction(and, "AND", Precedence.AND);
        }
        if (expression instanceof OrExpression or) {
            return junction(or, "OR", Precedence.OR);
        }
        if (expression instanceof NotExpression not) {
            return not(not);
        }
        Node predicate = predicates.read(expression);
        if (predicate == null) {
            return value(expression);
        }
        return predicate;
    }

    private Node value(Expression expression) throws NotTranslatable {
        if (expression instanceof BooleanValue bool) {
            Sql sql = Sql.text(bool.getValue() ? "(1 = 1)" : "(1 = 0)");
            Term term = Term.constant(Oid.BOOL, -1, sql).nullable(false);
            return Node.of(bool.getValue() ? "true" : "false", Precedence.PRIMARY, term);
        }
        if (expression instanceof NullValue) {
            return Node.of("NULL", Precedence.PRIMARY, Value.NULL);
        }
        if (expression instanceof Function function) {
            return functions.read(function);
        }
        if (expression instanceof ExistsExpression exists) {
            return subqueries.exists(exists);
        }
        if (expression instanceof Select select) {
            return subqueries.scalar(select);
        }
        if (expression instanceof SignedExpression signed) {
            return signed(signed);
        }
        out.beyond = true;
        if (expression instanceof CaseExpression of) {
            return conditionals.read(of);
        }
        if (expression instanceof CastExpression cast) {
            return casts.read(cast);
        }
        if (expression instanceof IntervalExpression interval) {
            return casts.read(interval);
        }
        if (expression instanceof AnalyticExpression aggregate) {
            return functions.read(aggregate);
        }
        if (expression instanceof TrimFunction trim) {
            return functions.read(trim);
        }
        if (expression instanceof ExtractExpression extract) {
            return functions.read(extract);
        }
        if (expression instanceof BinaryExpression binary) {
            return binary(binary);
        }
        throw new NotTranslatable("an expression of another kind (" + kind(expression) + ")");
    }

    private Node column(Column written) throws NotTranslatable {
        Term column = names.column(written);
        String name = Identifiers.fold(written.getColumnName());
        return new Node(written.toString(), Precedence.PRIMARY, column, name, true);
    }

    private Node junction(BinaryExpression both, String word, Precedence strength) throws NotTranslatable {
        Node left = read(both.getLeftExpression());
        Node right = read(both.getRightExpression());
        Term l = constants.condition(left.operand()).total();
        Term r = constants.condition(right.operand()).total();
        String source = left.at(strength) + " " + word + " " + right.at(strength);
        return Node.of(source, strength, Term.condition(Sql.of("(", l, " " + word + " ", r, ")"), l, r));
    }

    private Node not(NotExpression not) throws NotTranslatable {
        if (not.isExclamationMark()) {
            throw new NotTranslatable("an exclamation mark");
        }
        Node inner = read(not.getExpression());
        Term term = constants.condition(inner.operand());
        String source = "NOT " + inner.at(Precedence.NOT);
        return Node.of(source, Precedence.NOT, Term.condition(Sql.of("(NOT ", term, ")"), term));
    }

    private Node signed(SignedExpression signed) throws NotTranslatable {
        Node inner = read(signed.getExpression());
        if (signed.getSign() == '~') {
            out.beyond = true;
            Operand operand = arithmetic.complement(inner.operand());
            return Node.of("~ " + inner.at(Precedence.SIGN), Precedence.OTHER, operand);
        }
        if (signed.getSign() != '-') {
            throw new NotTranslatable("a plus sign");
        }
        if (inner.strength() != Precedence.PRIMARY || inner.source().startsWith("(")) {
            out.beyond = true;
        }
        boolean number = inner.operand() instanceof Value value && value.isNumber() && !value.negate();
        out.beyond |= !number;
        Operand operand;
        if (number) {
            operand = constants.negated((Value) inner.operand());
        } else {
            operand = arithmetic.negative(inner.operand());
        }
        return Node.of("- " + inner.at(Precedence.SIGN), Precedence.SIGN, operand);
    }

    private Node binary(BinaryExpression binary) throws NotTranslatable {
        String operator = binary.getStringExpression().trim();
        Precedence strength;
        if (SUMS.contains(operator)) {
            strength = Precedence.SUM;
        } else if (PRODUCTS.contains(operator)) {
            strength = Precedence.PRODUCT;
        } else {
            strength = Precedence.OTHER;
        }
        if (strength == Precedence.OTHER && !OTHERS.contains(operator)) {
            throw new NotTranslatable("operator " + operator);
        }
        out.names.add(operator);
        Node left = read(binary.getLeftExpression());
        Node right = read(binary.getRightExpression());
        String source = left.at(strength) + " " + operator + " " + right.above(strength);
        Operand operand;
        if (operator.equals("||")) {
            operand = StringFunctions.concatenation(left.operand(), right.operand(), constants);
        } else {
            operand = arithmetic.apply(operator, left.operand(), right.operand());
        }
        return Node.of(source, strength, operand);
    }

    private static String kind(Expression expression) {
        return expression.getClass().getSimpleName();
    }
}
