/**
 * A text reduced to its shape, in one pass without garbage: literals are lifted out as parameters, with their
 * lexical class kept in the shape, so that statements that differ in values only share what is known of them.
 *
 * <p>{@code ShapeScanner} fills a {@code Shape}; {@code ShapeKey} is what a map finds it by; {@code HeldLiterals}
 * outlives the buffer that the text came in.
 */
@NullMarked
package dev.sqlmem.sql.shape;

import org.jspecify.annotations.NullMarked;
