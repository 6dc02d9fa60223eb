/**
 * What the upstream server says of its tables: identity, columns, types, collations, indexes.
 *
 * <p>Pure data without any I/O. {@code upstream.jdbc} reads it from the system catalogs,
 * {@code translate} resolves statements against it, and {@code cache} lays out its storage by it, so that
 * these three need not know each other. Which codec holds a column follows from its definition.
 */
@NullMarked
package dev.sqlmem.catalog;

import org.jspecify.annotations.NullMarked;
