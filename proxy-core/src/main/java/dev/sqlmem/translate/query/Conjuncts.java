package dev.sqlmem.translate.query;

import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Translation;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** Finds the columns that a condition holds to a value or to another column, so that a unique index can answer. */
final class Conjuncts {
    private final Translation out;
    private final Scope scope;
    private final @Nullable List<Relation> only;

    private Conjuncts(Translation out, Scope scope, @Nullable List<Relation> only) {
        this.out = out;
        this.scope = scope;
        this.only = only;
    }

    /**
     * Notes what a condition holds.
     *
     * @param only the relations whose rows it chooses, null: all
     */
    static void keys(@Nullable Expression condition, Translation out, Scope scope, @Nullable List<Relation> only)
            throws NotTranslatable {
        new Conjuncts(out, scope, only).read(condition);
    }

    private void read(@Nullable Expression condition) throws NotTranslatable {
        if (condition instanceof AndExpression and) {
            read(and.getLeftExpression());
            read(and.getRightExpression());
        } else if (condition instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            read(list.get(0));
        } else if (condition instanceof EqualsTo equal) {
            key(equal.getLeftExpression(), equal.getRightExpression());
            key(equal.getRightExpression(), equal.getLeftExpression());
        } else if (condition instanceof InExpression in
                && !in.isNot()
                && in.getRightExpression() instanceof ParenthesedExpressionList<?> list
                && list.size() == 1) {
            key(in.getLeftExpression(), list.get(0));
        }
    }

    private void key(Expression written, Expression by) throws NotTranslatable {
        ScopeColumn.OfTable column;
        if (written instanceof Column name) {
            column = scope.origin(name);
        } else {
            column = null;
        }
        if (column == null || (only != null && !chosen(column.alias()))) {
            return;
        }
        if (isValue(by)) {
            out.lookups.value(column.alias(), column.column().attnum());
        } else if (by instanceof Column other) {
            ScopeColumn.OfTable source = scope.origin(other);
            if (source != null && !source.alias().equals(column.alias())) {
                out.lookups.column(column.alias(), column.column().attnum(), source.alias());
            }
        }
    }

    private boolean chosen(String alias) {
        return only != null && only.stream().anyMatch(each -> each.alias().equals(alias));
    }

    private static boolean isValue(Expression value) {
        return value instanceof JdbcParameter
                || (value instanceof SignedExpression signed && signed.getExpression() instanceof JdbcParameter);
    }
}
