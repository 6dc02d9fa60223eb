package dev.sqlmem.translate.expression;

import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.translate.function.Arithmetic;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.Family;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.OrderKeyTerm;
import dev.sqlmem.translate.type.Quotient;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.jspecify.annotations.Nullable;

/** Aggregate functions (manual, "Aggregate Functions"). */
final class Aggregates {
    private static final Set<String> NAMES =
            Set.of("count", "sum", "avg", "min", "max", "bool_and", "bool_or", "every", "string_agg");
    private static final Set<Integer> MIN_MAX = Set.of(
            Oid.INT2,
            Oid.INT4,
            Oid.INT8,
            Oid.NUMERIC,
            Oid.TEXT,
            Oid.VARCHAR,
            Oid.BPCHAR,
            Oid.DATE,
            Oid.TIME,
            Oid.TIMESTAMP,
            Oid.TIMESTAMPTZ);

    /** No table has more than 2^31 rows here. */
    private static final BigInteger SUM_OF_INT4 = BigInteger.ONE.shiftLeft(62);

    private final ExpressionReader expressions;
    private final Translation out;
    private final Constants constants;
    private final ColumnNames names;

    Aggregates(ExpressionReader expressions, Translation out, Constants constants, ColumnNames names) {
        this.expressions = expressions;
        this.out = out;
        this.constants = constants;
        this.names = names;
    }

    static boolean isOne(String name) {
        return NAMES.contains(name);
    }

    Node read(Function function, String name) throws NotTranslatable {
        if (function.getParameters() == null || function.getNamedParameters() != null) {
            throw new NotTranslatable("function " + name + " without arguments");
        }
        List<Expression> arguments = Arguments.of(function.getParameters());
        return read(function.getName(), name, arguments, function.isDistinct(), function.getOrderByElements(), null);
    }

    /** Reads an aggregate with FILTER. */
    Node filtered(AnalyticExpression of, String name) throws NotTranslatable {
        out.beyond = true;
        Node condition = expressions.read(of.getFilterExpression());
        Term filter = constants.condition(condition.operand()).total();
        if (filter.isAggregate()) {
            throw new NotTranslatable("an aggregate in FILTER");
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(of.getExpression() == null ? new AllColumns() : of.getExpression());
        if (of.getOffset() != null) {
            arguments.add(of.getOffset());
        }
        Node node = read(of.getName(), name, arguments, of.isDistinct(), of.getFuncOrderBy(), filter);
        return node.in(node.source() + " FILTER (WHERE " + condition.source() + ")", Precedence.PRIMARY);
    }

    private Node read(
            String written,
            String name,
            List<Expression> arguments,
            boolean distinct,
            @Nullable List<OrderByElement> ordering,
            @Nullable Term filter)
            throws NotTranslatable {
        Sql tail;
        if (filter == null) {
            tail = Sql.text("");
        } else {
            tail = Sql.of(" FILTER (WHERE ", filter, ")");
        }
        String start = written + "(" + (distinct ? "DISTINCT " : "");
        if (name.equals("count") && arguments.size() == 1 && Arguments.isStar(arguments.get(0)) && !distinct) {
            return Node.named(written + "(*)", count(Sql.of("count(*)", tail)), name);
        }
        if (name.equals("string_agg") && arguments.size() == 2 && !distinct) {
            return strings(written, arguments, ordering, tail);
        }
        if (arguments.size() != 1 || (ordering != null && !ordering.isEmpty())) {
            throw new NotTranslatable("aggregate " + name + " of another kind");
        }
        int outerReads = names.outerReads();
        Node argument = expressions.read(arguments.get(0));
        if (names.outerReads() != outerReads) {
            throw new NotTranslatable("an aggregate over columns of another query");
        }
        Operand operand = argument.operand();
        Term term;
        if (operand instanceof Value value && value.isNumber()) {
            term = constants.natural(value);
        } else {
            term = constants.term(operand);
        }
        out.beyond |= term.column() == null || (distinct && !name.equals("count"));
        if (term.isAggregate() || (distinct && isOpaque(term))) {
            throw new NotTranslatable("an aggregate over an aggregate, or over values that cannot be compared");
        }
        Call call = new Call(name, term, distinct, tail);
        return Node.named(start + argument.source() + ")", apply(call), name);
    }

    private static boolean isOpaque(Term term) throws NotTranslatable {
        Comparability.requireEquality(term);
        return false;
    }

    private record Call(String name, Term term, boolean distinct, Sql tail) {
        Sql as(String function) {
            return Sql.of(function + "(" + (distinct ? "DISTINCT " : ""), term, ")", tail);
        }
    }

    private Operand apply(Call call) throws NotTranslatable {
        return switch (call.name) {
            case "count" -> count(call.as("count"));
            case "sum" -> sum(call);
            case "avg" -> average(call);
            case "min", "max" -> extreme(call);
            case "bool_and", "every" -> truth(call, "min");
            case "bool_or" -> truth(call, "max");
            default -> throw new NotTranslatable("aggregate " + call.name + " of another kind");
        };
    }

    private static Term count(Sql sql) throws NotTranslatable {
        return Term.of(Oid.INT8, sql).aggregate().nullable(false).bound(BigInteger.ONE.shiftLeft(40));
    }

    private Term sum(Call call) throws NotTranslatable {
        Term term = call.term;
        if (!term.isNumber()) {
            throw new NotTranslatable("sum over a value of type " + term.type());
        }
        Sql sql = call.as("sum");
        Term sum = switch (term.type()) {
            case Oid.INT2, Oid.INT4 -> Term.of(Oid.INT8, sql, term).bound(SUM_OF_INT4);
            // SQLite fails where a sum leaves 64 bits.
            case Oid.INT8, Oid.NUMERIC ->
                Arithmetic.numeric(sql.failing(), term.scale(), term).bound(Types.WIDE);
            default -> throw new NotTranslatable("sum over a value of type " + term.type());
        };
        Sql own = term.ownScale();
        if (own != null) {
            Sql greatest = Sql.of("max(CASE WHEN ", term, " IS NOT NULL THEN ", own, " END)", call.tail);
            sum = sum.ownScale(greatest);
        }
        return sum.aggregate().nullable(true);
    }

    private Quotient average(Call call) throws NotTranslatable {
        if (!call.term.isNumber() || call.term.ownScale() != null) {
            throw new NotTranslatable("avg over a value of type " + call.term.type());
        }
        out.beyond = true;
        return new Quotient(sum(call), count(call.as("count")), true, -1);
    }

    private Term extreme(Call call) throws NotTranslatable {
        Term term = call.term;
        if (!MIN_MAX.contains(term.type())) {
            throw new NotTranslatable(call.name + " over a value of type " + term.type());
        }
        Sql by = Comparability.ordered(term, out);
        Comparability.requireIdentity(term);
        int type;
        if (term.type() == Oid.VARCHAR) {
            type = Oid.TEXT;
        } else {
            type = term.type();
        }
        OrderKeyTerm rank = term.rank();
        if (rank != null && !by.equals(term.sql())) {
            return ranked(call, type, rank, by);
        }
        Term extreme =
                Term.of(type, call.as(call.name), term).stored(term.stored()).bound(term.bound());
        return extreme.aggregate().nullable(true);
    }

    /** The value behind the least or greatest place: in ten digits, as no column has more places, it goes before the value. */
    private static Term ranked(Call call, int type, OrderKeyTerm rank, Sql by) throws NotTranslatable {
        Term term = call.term;
        Sql sql = Sql.of("substr(" + call.name + "(format('%010d', ", by, ") || ", term, ")", call.tail, ", 11)");
        Sql place = Sql.of(call.name + "(", by, ")", call.tail);
        return Term.of(type, sql, term)
                .stored(term.stored())
                .aggregate()
                .nullable(true)
                .rank(rank.sql(place));
    }

    private Term truth(Call call, String function) throws NotTranslatable {
        if (call.term.type() != Oid.BOOL) {
            throw new NotTranslatable(call.name + " over a value of type " + call.term.type());
        }
        out.beyond = true;
        return Term.of(Oid.BOOL, call.as(function), call.term).aggregate().nullable(true);
    }

    /** {@code string_agg}, where its own ORDER BY leaves nothing open: it has the string itself among its keys. */
    private Node strings(String written, List<Expression> arguments, @Nullable List<OrderByElement> ordering, Sql tail)
            throws NotTranslatable {
        out.beyond = true;
        Node text = expressions.read(arguments.get(0));
        Node separator = expressions.read(arguments.get(1));
        Term of = constants.term(text.operand(), Oid.TEXT);
        if (ordering == null
                || ordering.isEmpty()
                || of.family() != Family.TEXT
                || !(separator.operand() instanceof Value value)) {
            throw new NotTranslatable("string_agg whose order is open");
        }
        Term between = constants.typed(value, Oid.TEXT, -1);
        StringBuilder source = new StringBuilder(written + "(" + text.source() + ", " + separator.source());
        List<Sql> keys = new ArrayList<>();
        boolean total = false;
        for (OrderByElement element : ordering) {
            Node key = expressions.read(element.getExpression());
            if (!(key.operand() instanceof Term term)) {
                throw new NotTranslatable("ORDER BY a constant");
            }
            Sql by = Comparability.ordered(term.total(), out);
            total |= term.sql().equals(of.sql());
            Direction direction = Direction.of(element);
            source.append(keys.isEmpty() ? " ORDER BY " : ", ")
                    .append(key.source())
                    .append(direction.source());
            keys.add(Sql.of(by, direction.sqlite(term)));
        }
        if (!total) {
            throw new NotTranslatable("string_agg whose order is open");
        }
        Sql sql =
                Sql.of("group_concat(", of, ", coalesce(", between, ", '') ORDER BY ", Sql.join(", ", keys), ")", tail);
        Term result = Term.of(Oid.TEXT, sql, of, between).order(of.order() == null ? TextOrder.UNKNOWN : of.order());
        return Node.named(source + ")", result.aggregate().nullable(true), "string_agg");
    }
}
