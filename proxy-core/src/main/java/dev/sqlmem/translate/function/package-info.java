/**
 * Functions, operators and casts over operands, whatever they were written as: a row of a table for each function
 * ({@code FunctionTable}), {@code Arithmetic}, {@code Dates} and {@code Casts}. None of them reads syntax.
 */
@NullMarked
package dev.sqlmem.translate.function;

import org.jspecify.annotations.NullMarked;
