/**
 * From a statement's text to the way it is answered.
 *
 * <p>In order: {@code ShapeScanner} reduces the text to its shape, with the literals lifted out;
 * {@code PlanSpace} looks the shape up. A new shape goes through {@code Lexer} and {@code Classifier},
 * which say what kind of statement it is and what the read-only mode refuses; a candidate for the cache
 * is parsed once by JSqlParser and translated by {@code SelectTranslator}, a whitelist: what it does not
 * know is relayed, with the reason. The result is a {@code Route}.
 *
 * <p>Nothing here does any I/O: table definitions come in as data.
 */
@NullMarked
package dev.sqlmem.plan;

import org.jspecify.annotations.NullMarked;
