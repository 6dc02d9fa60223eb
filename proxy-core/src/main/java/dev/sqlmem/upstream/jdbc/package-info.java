/**
 * The JDBC leg: one database as the service account sees it ({@link dev.sqlmem.upstream.jdbc.ServiceDatabase}): which
 * relation a name means, what it looks like, who may read it, how a statement would be described, its rows as a
 * stream, and a fingerprint that changes when any of that does. Every session of this leg is read-only
 * and has settings of its own, so that no role or database default can shape an answer.
 *
 * <p>What this package says is proof, not opinion: where a question cannot be answered for certain,
 * the answer names a reason and the caller leaves the statement to the server.
 */
@NullMarked
package dev.sqlmem.upstream.jdbc;

import org.jspecify.annotations.NullMarked;
