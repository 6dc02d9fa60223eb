package dev.sqlmem.translate.query;

import dev.sqlmem.translate.expression.Comparisons;
import dev.sqlmem.translate.expression.Node;
import dev.sqlmem.translate.expression.Precedence;
import dev.sqlmem.translate.expression.Rows;
import dev.sqlmem.translate.expression.SubqueryExpressions;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.AnyType;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.Select;

/** Subqueries as expressions: EXISTS, IN, {@code = ANY}, and one value (manual, "Subquery Expressions"). */
final class Subqueries implements SubqueryExpressions {
    private final QueryContext context;
    private final Comparisons comparisons;

    Subqueries(QueryContext context, Comparisons comparisons) {
        this.context = context;
        this.comparisons = comparisons;
    }

    private Subquery read(Select select) throws NotTranslatable {
        if (!(select instanceof ParenthesedSelect group) || group.getAlias() != null || Tail.isThere(select)) {
            throw new NotTranslatable("a subquery in that form");
        }
        Subquery read = context.queries().inside(group.getSelect(), context.names().scope);
        return new Subquery(read.query(), "(" + read.source() + ")");
    }

    @Override
    public Node exists(ExistsExpression exists) throws NotTranslatable {
        if (!(exists.getRightExpression() instanceof Select select)) {
            throw new NotTranslatable("EXISTS of another kind");
        }
        Subquery read = read(select);
        Term term = Term.condition(Sql.of("EXISTS (", read.query().sql(), ")"))
                .varying()
                .nullable(false);
        Node node = Node.named("EXISTS " + read.source(), term, "exists");
        if (!exists.isNot()) {
            return node;
        }
        return Node.of("NOT " + node.source(), Precedence.NOT, Comparisons.not(term));
    }

    /** It must be certain that there are not two. */
    @Override
    public Node scalar(Select select) throws NotTranslatable {
        Subquery read = read(select);
        Query query = read.query();
        if (query.columns().size() != 1) {
            throw new NotTranslatable("a subquery of several columns as a value");
        }
        Query.Column column = query.columns().get(0);
        if (!query.oneRow()) {
            throw new NotTranslatable("a subquery as a value that may have several rows");
        }
        if (column.term().ownScale() != null) {
            throw new NotTranslatable("a subquery over numbers of varying scale as a value");
        }
        Term term = column.term()
                .outOf("", null, null)
                .sql(Sql.of("(", query.sql(), ")"))
                .nullable(true);
        return new Node(read.source(), Precedence.PRIMARY, term, column.name(), true);
    }

    @Override
    public Node in(Expression left, boolean not, Select select) throws NotTranslatable {
        boolean row = Rows.isRow(left);
        List<Node> nodes = new ArrayList<>();
        List<?> members;
        if (row) {
            members = (ParenthesedExpressionList<?>) left;
        } else {
            members = List.of(left);
        }
        for (Object each : members) {
            nodes.add(context.expressions().read((Expression) each));
        }
        String source;
        if (row) {
            source = "(" + sources(nodes) + ")";
        } else {
            source = nodes.get(0).at(Precedence.OTHER);
        }
        Subquery read = read(select);
        Term found = member(nodes, read.query());
        return Node.of(
                source + (not ? " NOT IN " : " IN ") + read.source(),
                Precedence.PREDICATE,
                not ? Comparisons.not(found) : found);
    }

    @Override
    public Node quantified(Expression left, String operator, AnyComparisonExpression any) throws NotTranslatable {
        boolean all = any.getAnyType() == AnyType.ALL;
        boolean negated = operator.equals("<>") || operator.equals("!=");
        if (all != negated || !(negated || operator.equals("=")) || Rows.isRow(left)) {
            throw new NotTranslatable("a comparison with ANY or ALL of another kind");
        }
        Node node = context.expressions().read(left);
        Subquery read = read(any.getSelect());
        Term found = member(List.of(node), read.query());
        String word = any.getAnyType().name();
        return Node.of(
                node.at(Precedence.PREDICATE) + " " + operator + " " + word + " " + read.source(),
                Precedence.COMPARISON,
                negated ? Comparisons.not(found) : found);
    }

    private static String sources(List<Node> nodes) {
        List<String> sources = new ArrayList<>();
        nodes.forEach(node -> sources.add(node.source()));
        return String.join(", ", sources);
    }

    private Term member(List<Node> nodes, Query query) throws NotTranslatable {
        List<Query.Column> columns = query.columns();
        if (columns.size() != nodes.size()) {
            throw new NotTranslatable("IN over another number of columns");
        }
        List<Sql> lefts = new ArrayList<>();
        List<Term> from = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Query.Column column = columns.get(i);
            if (column.index() != i + 1 || column.term().ownScale() != null) {
                throw new NotTranslatable("IN over numbers of varying scale");
            }
            Term member = column.term().outOf("k", null, null);
            Comparability.Pair pair = comparisons.operands("=", nodes.get(i).operand(), member);
            if (!pair.right().sql().equals(member.sql())) {
                throw new NotTranslatable("IN over a subquery of another type");
            }
            lefts.add(pair.left().sql());
            from.add(pair.left().total());
        }
        Sql left;
        if (lefts.size() == 1) {
            left = lefts.get(0);
        } else {
            left = Sql.of("(", Sql.join(", ", lefts), ")");
        }
        Sql sql = Sql.of("(", left, " IN (", query.sql(), "))");
        Term found = Term.condition(sql, from.toArray(Term[]::new)).nullable(true);
        if (found.isAggregate()) {
            return found;
        }
        return found.varying();
    }
}
