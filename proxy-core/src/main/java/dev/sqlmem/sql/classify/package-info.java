/**
 * What a text is: the wall of read-only mode and the effects of a statement, independent of any parser of queries.
 *
 * <p>{@code Classifier} reads the tokens of {@code sql.lex}: which kind of statement, what it writes, which tables and
 * functions it names, which session settings it may change ({@code Effects}), and what the read-only mode refuses
 * ({@code Refusal}). {@code FunctionBody} reads the code of functions likewise. What it does not understand counts as
 * a statement that may do anything.
 */
@NullMarked
package dev.sqlmem.sql.classify;

import org.jspecify.annotations.NullMarked;
