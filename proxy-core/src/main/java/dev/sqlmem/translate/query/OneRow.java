package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.IndexDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.plan.UniqueKey;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Translation;
import java.util.HashSet;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.jspecify.annotations.Nullable;

/** Proves that a SELECT cannot return several rows: a whole unique key equals values from elsewhere, or LIMIT 1. */
final class OneRow {
    private OneRow() {}

    /** Asked while the SELECT's own names are in scope. */
    static boolean isCertain(PlainSelect select, Translation out, Scope scope) throws NotTranslatable {
        return hasLimitOne(select, out) || (select.getGroupBy() == null && isKeyed(select, out, scope));
    }

    private static boolean hasLimitOne(PlainSelect select, Translation out) throws NotTranslatable {
        Expression rows;
        if (select.getLimit() != null) {
            rows = select.getLimit().getRowCount();
        } else if (select.getFetch() != null) {
            rows = select.getFetch().getExpression();
        } else {
            rows = null;
        }
        if (!(rows instanceof JdbcParameter parameter) || !Constants.isLiteral(parameter)) {
            return false;
        }
        int slot = parameter.getIndex() - 1;
        return slot < out.literals.size()
                && out.literals.get(slot) == LiteralClass.INT4
                && Integer.parseInt(out.literal(slot)) <= 1;
    }

    private static boolean isKeyed(PlainSelect select, Translation out, Scope scope) throws NotTranslatable {
        if (scope.relations().size() != 1) {
            return false;
        }
        TableDefinition table = scope.relations().get(0).table();
        if (table == null) {
            return false;
        }
        Set<Integer> held = new HashSet<>();
        hold(select.getWhere(), scope, held);
        for (IndexDefinition index : table.indexes()) {
            if (index.unique() && held.containsAll(index.attnums())) {
                out.uniqueKeys.add(new UniqueKey(table.oid(), Set.copyOf(index.attnums())));
                return true;
            }
        }
        return false;
    }

    private static void hold(@Nullable Expression condition, Scope scope, Set<Integer> held) throws NotTranslatable {
        if (condition instanceof AndExpression and) {
            hold(and.getLeftExpression(), scope, held);
            hold(and.getRightExpression(), scope, held);
        } else if (condition instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            hold(list.get(0), scope, held);
        } else if (condition instanceof EqualsTo equal) {
            hold(equal.getLeftExpression(), equal.getRightExpression(), scope, held);
            hold(equal.getRightExpression(), equal.getLeftExpression(), scope, held);
        }
    }

    private static void hold(Expression column, Expression by, Scope scope, Set<Integer> held) throws NotTranslatable {
        boolean given = by instanceof JdbcParameter || (by instanceof Column other && !scope.knows(other));
        if (given && column instanceof Column written) {
            ScopeColumn.OfTable origin = scope.origin(written);
            if (origin != null) {
                held.add(origin.column().attnum());
            }
        }
    }
}
