package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;

/** Comparisons of rows, {@code (a, b) < (c, d)} (manual, "Row and Array Comparisons"). */
public final class Rows {
    private final ExpressionReader expressions;
    private final Translation out;
    private final Comparisons comparisons;

    Rows(ExpressionReader expressions, Translation out, Comparisons comparisons) {
        this.expressions = expressions;
        this.out = out;
        this.comparisons = comparisons;
    }

    public static boolean isRow(Expression expression) {
        return expression instanceof ParenthesedExpressionList<?> list && list.size() > 1;
    }

    private record Row(List<Operand> operands, String source) {}

    private Row read(Object expression) throws NotTranslatable {
        if (!(expression instanceof ParenthesedExpressionList<?> list) || list.size() < 2) {
            throw new NotTranslatable("a row that meets something else");
        }
        List<Operand> operands = new ArrayList<>();
        StringBuilder source = new StringBuilder("(");
        for (Object each : list) {
            Node node = expressions.read((Expression) each);
            source.append(operands.isEmpty() ? "" : ", ").append(node.source());
            operands.add(node.operand());
        }
        return new Row(operands, source.append(')').toString());
    }

    Node comparison(Expression left, String written, String operator, Expression right) throws NotTranslatable {
        out.beyond = true;
        Row l = read(left);
        Row r = read(right);
        Term term;
        if (operator.equals("=") || operator.equals("<>")) {
            term = equal(operator, l, r);
        } else {
            term = ordered(operator, l, r);
        }
        return Node.of(l.source + " " + written + " " + r.source, Precedence.COMPARISON, term);
    }

    Node in(Expression left, boolean not, ParenthesedExpressionList<?> list) throws NotTranslatable {
        out.beyond = true;
        Row subject = read(left);
        StringBuilder source = new StringBuilder(subject.source).append(not ? " NOT IN (" : " IN (");
        List<Sql> each = new ArrayList<>();
        List<Term> from = new ArrayList<>();
        for (Object member : list) {
            Row row = read(member);
            source.append(each.isEmpty() ? "" : ", ").append(row.source);
            Term equal = equal("=", subject, row);
            each.add(equal.sql());
            from.add(equal);
        }
        Sql sql = Sql.of("(", Sql.join(" OR ", each), ")");
        Term found = Term.condition(sql, from.toArray(Term[]::new));
        return Node.of(source + ")", Precedence.PREDICATE, not ? Comparisons.not(found) : found);
    }

    private Term equal(String operator, Row left, Row right) throws NotTranslatable {
        requireSize(left, right);
        List<Sql> each = new ArrayList<>();
        List<Term> from = new ArrayList<>();
        for (int i = 0; i < left.operands.size(); i++) {
            Term term = comparisons.compare(operator, left.operands.get(i), right.operands.get(i));
            each.add(term.sql());
            from.add(term.total());
        }
        Sql sql = Sql.of("(", Sql.join(operator.equals("=") ? " AND " : " OR ", each), ")");
        return Term.condition(sql, from.toArray(Term[]::new));
    }

    private Term ordered(String operator, Row left, Row right) throws NotTranslatable {
        requireSize(left, right);
        List<Sql> l = new ArrayList<>();
        List<Sql> r = new ArrayList<>();
        List<Term> from = new ArrayList<>();
        for (int i = 0; i < left.operands.size(); i++) {
            Comparability.Pair pair = comparisons.operands(operator, left.operands.get(i), right.operands.get(i));
            l.add(pair.left().sql());
            r.add(pair.right().sql());
            from.add(pair.left().total());
            from.add(pair.right().total());
        }
        Sql sql = Sql.of("((", Sql.join(", ", l), ") " + operator + " (", Sql.join(", ", r), "))");
        return Term.condition(sql, from.toArray(Term[]::new));
    }

    private static void requireSize(Row left, Row right) throws NotTranslatable {
        if (left.operands.size() != right.operands.size()) {
            throw new NotTranslatable("rows of different sizes");
        }
    }
}
