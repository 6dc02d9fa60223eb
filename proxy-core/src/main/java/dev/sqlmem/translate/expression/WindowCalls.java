package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.type.NotTranslatable;
import net.sf.jsqlparser.expression.AnalyticExpression;

/** Calls of functions with OVER, which look at other rows of the query around them. */
public interface WindowCalls {

    /** Reads a call; {@code name} is the folded name of the function. */
    Node read(AnalyticExpression of, String name) throws NotTranslatable;
}
