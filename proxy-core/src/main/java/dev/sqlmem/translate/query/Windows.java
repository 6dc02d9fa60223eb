package dev.sqlmem.translate.query;

import dev.sqlmem.cache.generation.StoredColumn;
import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.plan.UniqueKey;
import dev.sqlmem.translate.expression.Arguments;
import dev.sqlmem.translate.expression.Direction;
import dev.sqlmem.translate.expression.ExpressionReader;
import dev.sqlmem.translate.expression.Node;
import dev.sqlmem.translate.expression.WindowCalls;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.WindowElement;
import net.sf.jsqlparser.expression.WindowOffset;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.jspecify.annotations.Nullable;

/** Window functions (manual, "Window Function Calls"). Where the order of equal rows shows, it must not be open. */
final class Windows implements WindowCalls {
    private static final Set<String> RANKS = Set.of("rank", "dense_rank");
    private static final Set<String> NEIGHBOURS = Set.of("lag", "lead");
    private static final Set<String> VALUES = Set.of("first_value", "last_value", "nth_value");

    private final ExpressionReader expressions;
    private final Translation out;
    private final Constants constants;
    private final Names names;

    Windows(QueryContext context) {
        this.expressions = context.expressions();
        this.out = context.out();
        this.constants = context.constants();
        this.names = context.names();
    }

    /** What OVER says. */
    private record Over(Sql sql, String source, List<Term> keys, boolean ordered, boolean byRows) {}

    @Override
    public Node read(AnalyticExpression of, String name) throws NotTranslatable {
        requirePlain(of);
        out.beyond = true;
        Over over = over(of);
        List<Node> arguments = new ArrayList<>();
        for (Expression each : new Expression[] {of.getExpression(), of.getOffset(), of.getDefaultValue()}) {
            if (each != null && !isStar(of)) {
                arguments.add(expressions.read(each));
            }
        }
        if (over.byRows || !(RANKS.contains(name) || name.equals("count") || name.equals("sum"))) {
            requireTotalOrder(over);
        }
        Term result = result(of, name, arguments, over);
        for (Term key : over.keys) {
            if (key.isAggregate()) {
                result = result.aggregate();
            }
        }
        String list;
        if (isStar(of)) {
            list = "*";
        } else {
            list = sources(arguments);
        }
        return Node.named(of.getName() + "(" + list + ") OVER (" + over.source + ")", result.varying(), name);
    }

    private static boolean isStar(AnalyticExpression of) {
        return of.isAllColumns() || (of.getExpression() != null && Arguments.isStar(of.getExpression()));
    }

    private static void requirePlain(AnalyticExpression of) throws NotTranslatable {
        boolean extra = of.getKeep() != null
                || of.isDistinct()
                || of.isUnique()
                || of.isIgnoreNulls()
                || of.isIgnoreNullsOutside()
                || of.getHavingClause() != null
                || of.getNullHandling() != null
                || of.getLimit() != null
                || of.getOnOverflowTruncate() != null
                || of.getFuncOrderBy() != null
                || of.getFilterExpression() != null
                || of.getWindowName() != null
                || of.isPartitionByBrackets();
        if (extra) {
            throw new NotTranslatable("a window function of another kind");
        }
    }

    private static String sources(List<Node> nodes) {
        List<String> sources = new ArrayList<>();
        nodes.forEach(node -> sources.add(node.source()));
        return String.join(", ", sources);
    }

    private Over over(AnalyticExpression of) throws NotTranslatable {
        List<Term> keys = new ArrayList<>();
        List<Sql> sql = new ArrayList<>();
        List<String> source = new ArrayList<>();
        if (of.getPartitionExpressionList() != null
                && !of.getPartitionExpressionList().isEmpty()) {
            List<Sql> parts = new ArrayList<>();
            List<Node> nodes = new ArrayList<>();
            for (Object each : of.getPartitionExpressionList()) {
                Node node = expressions.read((Expression) each);
                Term term = key(node);
                Comparability.requireEquality(term);
                keys.add(term);
                parts.add(term.sql());
                nodes.add(node);
            }
            sql.add(Sql.of("PARTITION BY ", Sql.join(", ", parts)));
            source.add("PARTITION BY " + sources(nodes));
        }
        boolean ordered =
                of.getOrderByElements() != null && !of.getOrderByElements().isEmpty();
        if (ordered) {
            List<Sql> parts = new ArrayList<>();
            List<String> words = new ArrayList<>();
            for (OrderByElement element : of.getOrderByElements()) {
                Node node = expressions.read(element.getExpression());
                Term term = key(node);
                Sql by = Comparability.ordered(term, out);
                Direction direction = Direction.of(element);
                keys.add(term);
                parts.add(Sql.of(by, direction.sqlite(term)));
                words.add(node.source() + direction.source());
            }
            sql.add(Sql.of("ORDER BY ", Sql.join(", ", parts)));
            source.add("ORDER BY " + String.join(", ", words));
        }
        boolean byRows = false;
        if (of.getWindowElement() != null) {
            String frame = frame(of.getWindowElement(), sql);
            source.add(frame);
            byRows = of.getWindowElement().getType() == WindowElement.Type.ROWS;
        }
        return new Over(Sql.join(" ", sql), String.join(" ", source), keys, ordered, byRows);
    }

    private static Term key(Node node) throws NotTranslatable {
        if (!(node.operand() instanceof Term term)) {
            throw new NotTranslatable("a window over a constant");
        }
        return term.total();
    }

    /** Adds the frame and returns its source. */
    private String frame(WindowElement frame, List<Sql> sql) throws NotTranslatable {
        if (frame.getExclusion() != null) {
            throw new NotTranslatable("a window frame with exclusions");
        }
        String type = frame.getType().name();
        if (frame.getRange() != null) {
            Bound start = bound(frame.getRange().getStart(), frame);
            Bound end = bound(frame.getRange().getEnd(), frame);
            sql.add(Sql.of(type + " BETWEEN ", start.sql, " AND ", end.sql));
            return type + " BETWEEN " + start.source + " AND " + end.source;
        }
        Bound start = bound(frame.getOffset(), frame);
        sql.add(Sql.of(type + " ", start.sql));
        return type + " " + start.source;
    }

    private record Bound(Sql sql, String source) {}

    private Bound bound(@Nullable WindowOffset offset, WindowElement frame) throws NotTranslatable {
        if (offset == null || offset.getType() == null) {
            throw new NotTranslatable("a window frame of another kind");
        }
        Expression written = offset.getExpression();
        WindowOffset.Type type = offset.getType();
        if (type == WindowOffset.Type.CURRENT) {
            return new Bound(Sql.text("CURRENT ROW"), "CURRENT ROW");
        }
        if (type == WindowOffset.Type.EXPR) {
            throw new NotTranslatable("a window frame of another kind");
        }
        if (written == null) {
            return new Bound(Sql.text("UNBOUNDED " + type), "UNBOUNDED " + type);
        }
        if (!(written instanceof JdbcParameter parameter) || frame.getType() == WindowElement.Type.RANGE) {
            throw new NotTranslatable("a window frame by distance");
        }
        int rows = constants.integer(constants.read(parameter));
        return new Bound(Sql.text(rows + " " + type), Constants.source(parameter) + " " + type);
    }

    private Term result(AnalyticExpression of, String name, List<Node> arguments, Over over) throws NotTranslatable {
        if (RANKS.contains(name) || name.equals("row_number")) {
            if (!arguments.isEmpty() || isStar(of)) {
                throw new NotTranslatable("window function " + name + " with arguments");
            }
            return number(Oid.INT8, Sql.of(name + "()", tail(over)));
        }
        if (name.equals("ntile") && arguments.size() == 1) {
            int buckets = integer(arguments.get(0), 1);
            return number(Oid.INT4, Sql.of("ntile(" + buckets + ")", tail(over)));
        }
        if (name.equals("count")) {
            return count(of, arguments, over);
        }
        if (name.equals("sum") && arguments.size() == 1) {
            Term term = term(arguments.get(0));
            if (term.type() != Oid.INT2 && term.type() != Oid.INT4) {
                throw new NotTranslatable("a window over sum of type " + term.type());
            }
            Sql sql = Sql.of("sum(", term, ")", tail(over));
            return Term.of(Oid.INT8, sql, term).nullable(true);
        }
        if (NEIGHBOURS.contains(name) && (arguments.size() == 1 || arguments.size() == 2)) {
            Sql distance;
            if (arguments.size() == 1) {
                distance = Sql.text("");
            } else {
                distance = Sql.text(", " + integer(arguments.get(1), 0));
            }
            return value(name, term(arguments.get(0)), distance, over);
        }
        boolean nth = name.equals("nth_value");
        if (VALUES.contains(name) && arguments.size() == (nth ? 2 : 1)) {
            Sql place;
            if (nth) {
                place = Sql.text(", " + integer(arguments.get(1), 1));
            } else {
                place = Sql.text("");
            }
            return value(name, term(arguments.get(0)), place, over);
        }
        throw new NotTranslatable("window function " + name);
    }

    private static Sql tail(Over over) {
        return Sql.of(" OVER (", over.sql, ")");
    }

    private static Term number(int type, Sql sql) throws NotTranslatable {
        return Term.of(type, sql).nullable(false).bound(BigInteger.ONE.shiftLeft(40));
    }

    private Term count(AnalyticExpression of, List<Node> arguments, Over over) throws NotTranslatable {
        if (isStar(of)) {
            return number(Oid.INT8, Sql.of("count(*)", tail(over)));
        }
        if (arguments.size() != 1) {
            throw new NotTranslatable("count over several arguments");
        }
        Term term = term(arguments.get(0));
        Term count = Term.of(Oid.INT8, Sql.of("count(", term, ")", tail(over)), term);
        return count.nullable(false).bound(BigInteger.ONE.shiftLeft(40));
    }

    private Term value(String name, Term term, Sql more, Over over) throws NotTranslatable {
        if (term.ownScale() != null) {
            throw new NotTranslatable("a window over numbers of varying scale");
        }
        return term.sql(Sql.of(name + "(", term, more, ")", tail(over)))
                .typmod(-1)
                .nullable(true);
    }

    private Term term(Node node) throws NotTranslatable {
        return constants.term(node.operand()).total();
    }

    private int integer(Node node, int least) throws NotTranslatable {
        if (!(node.operand() instanceof Value value)) {
            throw new NotTranslatable("a window function whose distance is no literal");
        }
        int number = constants.integer(value);
        if (number < least) {
            throw new NotTranslatable("a window function with a distance of " + number);
        }
        return number;
    }

    /** The keys must hold a whole unique key of each relation: then no two rows are equal in all of them. */
    private void requireTotalOrder(Over over) throws NotTranslatable {
        Set<Sql> keys = new HashSet<>();
        over.keys.forEach(term -> keys.add(term.sql()));
        for (Relation relation : names.scope.relations()) {
            if (!over.ordered || !isKeyed(relation, keys)) {
                throw new NotTranslatable("a window in which the order of rows is open");
            }
        }
    }

    private boolean isKeyed(Relation relation, Set<Sql> keys) {
        TableDefinition table = relation.table();
        if (table == null) {
            return false;
        }
        for (IndexDefinition index : table.indexes()) {
            boolean all = index.attnums().stream()
                    .map(attnum -> relation.alias() + "." + StoredColumn.columnName(table.column((int) attnum)))
                    .map(Sql::text)
                    .allMatch(keys::contains);
            if (index.unique() && all) {
                out.uniqueKeys.add(new UniqueKey(table.oid(), Set.copyOf(index.attnums())));
                return true;
            }
        }
        return false;
    }
}
