package dev.sqlmem.translate.expression;

import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;

/** The arguments of a call as the parser gives them. */
public final class Arguments {
    private Arguments() {}

    /** The arguments; the parser takes one in parentheses of its own for a list in parentheses. */
    static List<Expression> of(ExpressionList<?> list) {
        if (list instanceof ParenthesedExpressionList<?> one) {
            return List.of(one);
        }
        List<Expression> arguments = new ArrayList<>();
        list.forEach(each -> arguments.add((Expression) each));
        return arguments;
    }

    /** Whether the argument is the star of {@code count(*)}. */
    public static boolean isStar(Expression expression) {
        return expression instanceof AllColumns && !(expression instanceof AllTableColumns);
    }
}
