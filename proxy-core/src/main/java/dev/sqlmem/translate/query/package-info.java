/**
 * Queries: their clauses, and the names that can be used in them. {@code Queries} reads one wherever it stands;
 * {@code SelectBlock} goes through a SELECT's clauses ({@code FromClause}, {@code Projection}, {@code Grouping}, {@code
 * Limits}), {@code SetOperations} builds the tree of UNION, INTERSECT and EXCEPT. A query inside of another is read by
 * {@code QueryReader}, so that clauses need not know who reads them.
 */
@NullMarked
package dev.sqlmem.translate.query;

import org.jspecify.annotations.NullMarked;
