package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.type.NotTranslatable;
import net.sf.jsqlparser.expression.Expression;

/** What reads the expressions inside of another one. */
public interface ExpressionReader {

    /** Reads an expression under the names that can be used now. */
    Node read(Expression expression) throws NotTranslatable;
}
