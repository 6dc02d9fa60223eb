package dev.sqlmem.translate.query;

import dev.sqlmem.translate.expression.ExpressionReader;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.Translation;

/**
 * What the clauses of a query are read with.
 *
 * @param out what is gathered of the statement
 * @param names the names that can be used now
 * @param expressions reads expressions
 * @param constants makes terms of operands
 * @param queries reads the queries inside
 */
record QueryContext(
        Translation out, Names names, ExpressionReader expressions, Constants constants, QueryReader queries) {}
