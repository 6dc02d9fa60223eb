/**
 * The parser's expressions read into operands. {@code Expressions} is the entrance: it reads each into a {@code Node},
 * the text that was understood, how tightly its operator binds ({@code Precedence}), and what it is. The rules are by
 * subject: {@code Predicates}, {@code Lists}, {@code Rows}, {@code Patterns}; {@code Conditionals}; {@code
 * CastExpressions}; {@code Functions}, {@code Aggregates}. What only the query around an expression knows is asked through
 * {@code ColumnNames}, {@code SubqueryExpressions} and {@code WindowCalls}, which are carried out there.
 */
@NullMarked
package dev.sqlmem.translate.expression;

import org.jspecify.annotations.NullMarked;
