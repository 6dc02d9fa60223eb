/**
 * The contract between a statement's text and the way it is answered; plain data.
 *
 * <p>{@code Plans} keeps, within bounds, a {@code ShapeEntry} for each shape that was met under a resolved search
 * path ({@code PlanSpace}), with its {@code Route}s: an answer from the cache ({@code CachedPlan} with its {@code
 * TranslatedQuery}: SQLite's statement, its {@code Binding}s and {@code Output}s), an answer of the proxy's own, or
 * the reason for which the server answers. Who makes a plan is {@code translate}, who runs it {@code session.answer}.
 */
@NullMarked
package dev.sqlmem.plan;

import org.jspecify.annotations.NullMarked;
