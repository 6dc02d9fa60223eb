package dev.sqlmem.translate;

import net.sf.jsqlparser.expression.Expression;

/** What reads the expressions inside of another one. */
interface ExpressionReader {

    /** Reads an expression under the names that can be used now. */
    Node read(Expression expression) throws NotTranslatable;
}
