/**
 * PostgreSQL's lexical structure: a text into tokens, exactly where the server ends them.
 *
 * <p>The truth is the server's scanner (manual, "Lexical Structure"): what is a string under the session's
 * {@code standard_conforming_strings}, where a number or an operator ends, how names fold. Knows nobody.
 */
@NullMarked
package dev.sqlmem.sql.lex;

import org.jspecify.annotations.NullMarked;
