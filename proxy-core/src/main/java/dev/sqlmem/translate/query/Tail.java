package dev.sqlmem.translate.query;

import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Translation;
import java.util.List;
import net.sf.jsqlparser.statement.select.Select;

/** ORDER BY and LIMIT behind a set operation or a query in parentheses: they know its output columns only. */
final class Tail {
    private final QueryContext context;
    private final Subquery operand;
    private final Projection projection;
    private List<Integer> shownKeys = List.of();
    private boolean ordered;
    private boolean limited;

    Tail(QueryContext context, Subquery operand, Projection projection) {
        this.context = context;
        this.operand = operand;
        this.projection = projection;
    }

    static boolean isThere(Select select) {
        return select.getLimit() != null
                || select.getOffset() != null
                || select.getFetch() != null
                || (select.getOrderByElements() != null
                        && !select.getOrderByElements().isEmpty());
    }

    /** Returns a SELECT of all columns of the operand with the clauses. */
    Clause read(Select select, boolean offsetFirst) throws NotTranslatable {
        Translation out = context.out();
        Names names = context.names();
        String alias = names.newAlias();
        projection.all(operand.query().of(alias));
        Scope before = names.scope;
        names.scope = Scope.NOTHING;
        Grouping grouping = new Grouping(context, projection);
        Clause order = grouping.orderBy(select.getOrderByElements(), true, false);
        Clause limits = new Limits(context).read(select, offsetFirst);
        names.scope = before;
        shownKeys = grouping.shownKeys();
        ordered = order.isThere();
        limited = limits.isThere();
        if (limited) {
            out.limitedInside |= projection.isInner();
        }
        Sql sql = Sql.of(
                "SELECT ",
                projection.sql(),
                " FROM (",
                operand.query().sql(),
                ") AS " + alias,
                order.sql(),
                limits.sql());
        return new Clause(sql, operand.source() + order.source() + limits.source());
    }

    /** The output columns that show the first keys of ORDER BY. */
    List<Integer> shownKeys() {
        return shownKeys;
    }

    boolean isLimited() {
        return limited;
    }

    String open() {
        return SelectBlock.open(ordered, limited, operand.query().oneRow());
    }
}
