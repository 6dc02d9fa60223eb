/**
 * What the translator knows of values: their types and collations ({@code Types}, {@code Collations}), what they are for
 * SQLite ({@code Term}, {@code Sql}), and what may be compared, ordered and collapsed ({@code Comparability} alone).
 *
 * <p>An {@code Operand} is a {@code Term} (a PostgreSQL type, one encoding in SQLite, a bound, whether the server may
 * raise an error, and its {@code Sql}), a {@code Value} that takes its type from its place ({@code Constants}), an
 * {@code IntervalConstant}, or a {@code Quotient} that is divided when the row is written. A piece of {@code Sql} is made
 * of parts and becomes text once, at the end; where a part may fail, so may the piece. What is found out about a
 * statement on the way is gathered in {@code Translation}.
 */
@NullMarked
package dev.sqlmem.translate.type;

import org.jspecify.annotations.NullMarked;
