/**
 * From PostgreSQL's SQL to SQLite's: the only place that knows the parser.
 *
 * <p>The translator is a whitelist over types, not over syntax. {@code SelectTranslator} goes through the
 * clauses; {@code Expressions} reads each expression into a {@code Node}: the text that was understood,
 * how tightly its operator binds ({@code Precedence}), and an {@code Operand}. An operand is a {@code Term}
 * (a PostgreSQL type, one encoding in SQLite, a bound, whether the server may raise an error, and its
 * {@code Sql}), a {@code Value} that takes its type from its place ({@code Constants}), an {@code IntervalConstant} of
 * days and time, or a {@code Quotient} that is divided when the row is written. The rules are by subject:
 * {@code Predicates}, {@code Lists}, {@code Rows}, {@code Patterns}; {@code Arithmetic}, {@code Dates};
 * {@code Conditionals}; {@code Casts}; {@code Aggregates}. A function is a {@code FunctionRow} of a table: {@code
 * StringFunctions}, {@code NumberFunctions}, {@code DateFunctions}; {@code Functions} reads the calls. {@code Comparability} alone knows what may be compared, ordered and collapsed. What has no
 * rule is relayed, with the reason.
 *
 * <p>Three guards stand behind the rules: the statement written back from what was understood must have
 * the tokens of the original; each operator's operands must bind more tightly than it does, by
 * PostgreSQL's precedences; and what goes beyond plain columns is described by the server itself, which
 * must say the names, types, modifiers and parameters that were inferred ({@code Descriptions}).
 *
 * <p>Nothing here does any I/O: what must be asked is asked through {@code Planner.Server}.
 */
@NullMarked
package dev.sqlmem.translate;

import org.jspecify.annotations.NullMarked;
