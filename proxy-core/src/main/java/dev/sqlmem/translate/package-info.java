/**
 * From PostgreSQL's SQL to SQLite's: with the packages below the only place that knows the parser.
 *
 * <p>The translator is a whitelist over types, not over syntax. {@code Planner} is the entrance; {@code
 * SelectTranslator} has the statement read: its queries, in them expressions, in these functions over typed terms. What
 * has no rule is relayed, with the reason.
 *
 * <p>Three guards stand behind the rules: the statement written back from what was understood must have
 * the tokens of the original ({@code ParsedSelect}); each operator's operands must bind more tightly than it does, by
 * PostgreSQL's precedences; and what goes beyond plain columns is described by the server itself, which
 * must say the names, types, modifiers and parameters that were inferred ({@code Descriptions}).
 *
 * <p>Nothing here does any I/O: what must be asked is asked through {@code Planner.Server}.
 */
@NullMarked
package dev.sqlmem.translate;

import org.jspecify.annotations.NullMarked;
