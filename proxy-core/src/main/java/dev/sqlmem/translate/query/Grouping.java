package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.translate.expression.Direction;
import dev.sqlmem.translate.expression.Node;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.Identifiers;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.jspecify.annotations.Nullable;

/** GROUP BY and ORDER BY: names and positions resolved as PostgreSQL resolves them (manual, SELECT). */
final class Grouping {
    private final Translation out;
    private final QueryContext context;
    private final Projection projection;
    private final Set<Sql> grouped = new HashSet<>();
    private boolean byExpressions;
    private boolean raising;
    private boolean identities = true;
    private final List<Integer> shown = new ArrayList<>();
    private boolean allShown = true;

    Grouping(QueryContext context, Projection projection) {
        this.out = context.out();
        this.context = context;
        this.projection = projection;
    }

    /** A key and the words that name it. */
    private record Key(Operand operand, String source, int index) {}

    /** Reads GROUP BY. */
    Clause groupBy(@Nullable GroupByElement element) throws NotTranslatable {
        if (element == null) {
            return Clause.NONE;
        }
        ExpressionList<?> list = element.getGroupByExpressionList();
        if (list == null || list.isEmpty() || element.isUsingBrackets()) {
            throw new NotTranslatable("a GROUP BY of another kind");
        }
        boolean inParentheses = list instanceof ParenthesedExpressionList<?>;
        if (inParentheses && list.size() > 1) {
            throw new NotTranslatable("a GROUP BY of a row");
        }
        List<Sql> keys = new ArrayList<>();
        List<String> source = new ArrayList<>();
        for (Object each : inParentheses ? List.of(list) : list) {
            Key key = groupKey((Expression) each);
            if (!(key.operand instanceof Term term) || term.isAggregate()) {
                throw new NotTranslatable("GROUP BY an aggregate or a constant");
            }
            Comparability.requireEquality(term);
            identities &= term.codec().isIdentity() && term.ownScale() == null;
            raising |= term.isRaising();
            ColumnDefinition column = term.column();
            if (column == null) {
                byExpressions = true;
                out.beyond = true;
            } else {
                grouped.add(term.sql());
            }
            keys.add(term.sql());
            source.add(key.source);
        }
        return new Clause(Sql.of(" GROUP BY ", Sql.join(", ", keys)), " GROUP BY " + String.join(", ", source));
    }

    /** Whether each plain column of the select list is grouped, so that it needs no server to say that it may stand there. */
    boolean groupsAllColumns() {
        return projection.items.stream()
                .allMatch(item -> !(item.operand() instanceof Term term)
                        || term.column() == null
                        || grouped.contains(term.sql()));
    }

    /** Requires that no column shows one of several values that are equal, but may look different. */
    void requireIdentities() throws NotTranslatable {
        for (Projection.Item item : projection.items) {
            if (item.operand() instanceof Term term && term.isBare()) {
                if (term.column() != null) {
                    Comparability.requireIdentity(term);
                } else if (!identities) {
                    throw new NotTranslatable("an expression over what may look different where it is equal");
                }
            }
        }
    }

    /** Whether the server may raise an error while it computes a key of GROUP BY. */
    boolean isRaising() {
        return raising;
    }

    /** Whether a key is more than a column, so that literals in it must be the same as elsewhere. */
    boolean isByExpressions() {
        return byExpressions;
    }

    private Key groupKey(Expression expression) throws NotTranslatable {
        if (expression instanceof JdbcParameter parameter) {
            return position(parameter);
        }
        if (expression instanceof Column written && Scope.isBare(written)) {
            String name = Identifiers.fold(written.getColumnName());
            if (!context.names().scope.has(name)) {
                Projection.Item item = single(matching(name), name);
                return new Key(item.operand(), written.toString(), item.index());
            }
        }
        Node node = context.expressions().read(expression);
        return new Key(node.operand(), node.source(), 0);
    }

    /** The output columns that show the first keys of ORDER BY, up to the first key that none shows in one form. */
    List<Integer> shownKeys() {
        return List.copyOf(shown);
    }

    private void show(Term key) {
        for (int i = 0; i < projection.items.size() && allShown; i++) {
            boolean same = projection.items.get(i).operand() instanceof Term term
                    && term.sql().equals(key.sql());
            if (same && key.codec().isIdentity() && key.ownScale() == null) {
                shown.add(i);
                return;
            }
        }
        allShown = false;
    }

    /** Reads ORDER BY; {@code collapsed} says that DISTINCT or grouping made rows of several. */
    Clause orderBy(@Nullable List<OrderByElement> elements, boolean collapsed, boolean distinct)
            throws NotTranslatable {
        if (elements == null || elements.isEmpty()) {
            return Clause.NONE;
        }
        List<Sql> keys = new ArrayList<>();
        List<String> source = new ArrayList<>();
        for (OrderByElement element : elements) {
            Key key = orderKey(element.getExpression());
            if (!(key.operand instanceof Term term)) {
                throw new NotTranslatable("ORDER BY a constant or a numeric division");
            }
            Sql by = Comparability.ordered(term, out);
            if (key.index == 0) {
                term.total();
            }
            ColumnDefinition column = term.column();
            if (collapsed && key.index == 0 && (column == null || !isKept(term))) {
                out.requireServer("ORDER BY what is not grouped");
            }
            out.beyond |= column == null && key.index == 0;
            byExpressions |= distinct && column == null && key.index == 0;
            show(term);
            Direction direction = Direction.of(element);
            boolean positional = column == null && key.index != 0 && by.equals(term.sql());
            Sql sql;
            if (positional) {
                sql = Sql.text(String.valueOf(key.index));
            } else {
                sql = by;
            }
            keys.add(Sql.of(sql, direction.sqlite(term)));
            source.add(key.source + direction.source());
        }
        return new Clause(Sql.of(" ORDER BY ", Sql.join(", ", keys)), " ORDER BY " + String.join(", ", source));
    }

    private Key orderKey(Expression expression) throws NotTranslatable {
        if (expression instanceof JdbcParameter parameter) {
            return position(parameter);
        }
        if (expression instanceof Column written && Scope.isBare(written)) {
            String name = Identifiers.fold(written.getColumnName());
            List<Projection.Item> named = matching(name);
            if (!named.isEmpty()) {
                Projection.Item item = single(named, name);
                return new Key(item.operand(), written.toString(), item.index());
            }
        }
        Node node = context.expressions().read(expression);
        return new Key(node.operand(), node.source(), 0);
    }

    private List<Projection.Item> matching(String name) {
        return projection.items.stream()
                .filter(item -> item.name().equals(name))
                .toList();
    }

    private static Projection.Item single(List<Projection.Item> named, String name) throws NotTranslatable {
        if (named.isEmpty()) {
            throw new NotTranslatable("no column " + name);
        }
        Projection.Item first = named.get(0);
        for (Projection.Item item : named.subList(1, named.size())) {
            boolean same = item.operand() instanceof Term a
                    && first.operand() instanceof Term b
                    && a.sql().equals(b.sql());
            if (!same) {
                throw new NotTranslatable("an ambiguous name " + name);
            }
        }
        return first;
    }

    private boolean isKept(Term column) {
        return grouped.contains(column.sql())
                || projection.items.stream()
                        .anyMatch(item -> item.operand() instanceof Term term
                                && term.sql().equals(column.sql()));
    }

    private Key position(JdbcParameter parameter) throws NotTranslatable {
        int slot = parameter.getIndex() - 1;
        if (!Constants.isLiteral(parameter) || context.constants().literalClass(parameter) != LiteralClass.INT4) {
            throw new NotTranslatable("a position that is no integer");
        }
        int position = Integer.parseInt(out.literal(slot));
        if (position < 1 || position > projection.items.size()) {
            throw new NotTranslatable("a position outside of the select list");
        }
        Projection.Item item = projection.items.get(position - 1);
        return new Key(item.operand(), Constants.source(parameter), item.index());
    }
}
