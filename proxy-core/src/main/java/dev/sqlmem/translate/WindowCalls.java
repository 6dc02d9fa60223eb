package dev.sqlmem.translate;

import net.sf.jsqlparser.expression.AnalyticExpression;

/** Calls of functions with OVER, which look at other rows of the query around them. */
interface WindowCalls {

    /** Reads a call; {@code name} is the folded name of the function. */
    Node read(AnalyticExpression of, String name) throws NotTranslatable;
}
