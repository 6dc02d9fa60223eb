package dev.sqlmem.plan;

import dev.sqlmem.catalog.ColumnDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.jspecify.annotations.Nullable;

/** GROUP BY and ORDER BY: names and positions resolved as PostgreSQL resolves them (manual, SELECT). */
final class Grouping {
    private final Translation out;
    private final Projection projection;
    private final List<String> literalValues;
    private final Set<Integer> grouped = new LinkedHashSet<>();
    private final List<String> keys = new ArrayList<>();

    /** Creates the resolver; {@code literalValues} holds the literals' texts, for positions. */
    Grouping(Translation out, Projection projection, List<String> literalValues) {
        this.out = out;
        this.projection = projection;
        this.literalValues = literalValues;
    }

    /** Writes GROUP BY, and checks that every plain column of the select list is grouped. */
    void groupBy(@Nullable GroupByElement element) throws NotTranslatable {
        if (element != null) {
            ExpressionList<?> list = element.getGroupByExpressionList();
            if (list == null || list.isEmpty() || element.isUsingBrackets()) {
                throw new NotTranslatable("a GROUP BY of another kind");
            }
            out.both(" GROUP BY ");
            for (int i = 0; i < list.size(); i++) {
                out.both(i > 0 ? ", " : "");
                ColumnDefinition column = groupItem((Expression) list.get(i));
                Predicates.requireOrder(column, false);
                out.column(column);
                grouped.add(column.attnum());
            }
        } else if (!projection.aggregates) {
            return;
        }
        for (Projection.Item item : projection.items) {
            if (item.column() != null && !grouped.contains(item.column().attnum())) {
                throw new NotTranslatable("a column that is not grouped");
            }
            if (item.column() != null) {
                Predicates.requireIdentity(item.column());
            }
        }
    }

    private ColumnDefinition groupItem(Expression expression) throws NotTranslatable {
        if (expression instanceof JdbcParameter parameter) {
            Projection.Item item = projection.items.get(position(parameter));
            if (item.column() == null) {
                throw new NotTranslatable("GROUP BY an aggregate");
            }
            return item.column();
        }
        if (!(expression instanceof Column written)) {
            throw new NotTranslatable("GROUP BY an expression");
        }
        out.source.append(written);
        String name = Identifiers.fold(written.getColumnName());
        if ((written.getTable() != null && written.getTable().getName() != null)
                || out.scope.table().column(name) != null) {
            return out.scope.resolve(written);
        }
        Projection.Item item = single(matching(name), name);
        if (item.column() == null) {
            throw new NotTranslatable("GROUP BY an aggregate");
        }
        return item.column();
    }

    /** Writes ORDER BY. Returns whether the statement has one. */
    boolean orderBy(@Nullable List<OrderByElement> elements, @Nullable Distinct distinct) throws NotTranslatable {
        if (elements == null || elements.isEmpty()) {
            return false;
        }
        boolean collapsed = distinct != null || projection.aggregates || !grouped.isEmpty();
        out.both(" ORDER BY ");
        for (int i = 0; i < elements.size(); i++) {
            out.both(i > 0 ? ", " : "");
            orderItem(elements.get(i), distinct != null, collapsed);
        }
        return true;
    }

    private void orderItem(OrderByElement element, boolean distinct, boolean collapsed) throws NotTranslatable {
        Projection.Item item = target(element.getExpression());
        ColumnDefinition column = item.column();
        if (column != null) {
            Predicates.requireOrder(column, true);
            if (collapsed && !grouped.contains(column.attnum()) && !(distinct && selected(column))) {
                throw new NotTranslatable("ORDER BY a column that is not grouped");
            }
            out.touch(column);
        }
        out.sqlite.append(item.sqlite());
        keys.add(item.sqlite());
        direction(element, column);
    }

    /** The output columns that show the first keys of ORDER BY, up to the first key that none shows. */
    List<Integer> shownKeys() {
        List<Integer> shown = new ArrayList<>();
        for (String key : keys) {
            int output = 0;
            while (output < projection.items.size()
                    && !projection.items.get(output).sqlite().equals(key)) {
                output++;
            }
            if (output == projection.items.size()) {
                break;
            }
            shown.add(output);
        }
        return shown;
    }

    private void direction(OrderByElement element, @Nullable ColumnDefinition column) {
        boolean ascending = element.isAsc();
        out.sqlite.append(ascending ? "" : " DESC");
        out.source.append(ascending ? (element.isAscDescPresent() ? " ASC" : "") : " DESC");
        OrderByElement.NullOrdering nulls = element.getNullOrdering();
        boolean last = nulls == null ? ascending : nulls == OrderByElement.NullOrdering.NULLS_LAST;
        if (nulls != null) {
            out.source.append(last ? " NULLS LAST" : " NULLS FIRST");
        }
        if (column == null || !column.notNull()) {
            out.sqlite.append(last ? " NULLS LAST" : " NULLS FIRST");
        }
    }

    private Projection.Item target(Expression expression) throws NotTranslatable {
        if (expression instanceof JdbcParameter parameter) {
            return projection.items.get(position(parameter));
        }
        if (!(expression instanceof Column written)) {
            throw new NotTranslatable("ORDER BY an expression");
        }
        out.source.append(written);
        boolean bare = written.getTable() == null || written.getTable().getName() == null;
        String name = Identifiers.fold(written.getColumnName());
        List<Projection.Item> named = bare ? matching(name) : List.of();
        if (!named.isEmpty()) {
            return single(named, name);
        }
        ColumnDefinition column = out.scope.resolve(written);
        return new Projection.Item(name, column, Translation.reference(column));
    }

    private List<Projection.Item> matching(String name) {
        List<Projection.Item> named = new ArrayList<>();
        for (Projection.Item item : projection.items) {
            if (item.name().equals(name)) {
                named.add(item);
            }
        }
        return named;
    }

    private static Projection.Item single(List<Projection.Item> named, String name) throws NotTranslatable {
        if (named.isEmpty()) {
            throw new NotTranslatable("no column " + name);
        }
        for (Projection.Item item : named) {
            if (!item.sqlite().equals(named.get(0).sqlite())) {
                throw new NotTranslatable("an ambiguous name " + name);
            }
        }
        return named.get(0);
    }

    private boolean selected(ColumnDefinition column) {
        return projection.items.stream()
                .anyMatch(item -> item.column() != null && item.column().attnum() == column.attnum());
    }

    private int position(JdbcParameter parameter) throws NotTranslatable {
        int slot = Operands.slot(parameter);
        if (!Operands.isLiteral(parameter) || out.literals.get(slot) != LiteralClass.INT4) {
            throw new NotTranslatable("a position that is no integer");
        }
        out.source.append('?').append(slot + 1);
        int position = Integer.parseInt(literalValues.get(slot));
        if (position < 1 || position > projection.items.size()) {
            throw new NotTranslatable("a position outside of the select list");
        }
        out.positions.add(slot);
        return position - 1;
    }
}
