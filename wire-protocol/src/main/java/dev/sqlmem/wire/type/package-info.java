/**
 * One codec per cacheable type: the stored form in SQLite to and from the wire's text and binary
 * formats.
 *
 * <p>Writing is exact for every stored value under the given {@link dev.sqlmem.wire.type.TextSettings}.
 * Reading accepts a strict canonical subset of what PostgreSQL accepts and throws {@link
 * dev.sqlmem.wire.type.NotExactException} for the rest, which then goes to the upstream server.
 */
@NullMarked
package dev.sqlmem.wire.type;

import org.jspecify.annotations.NullMarked;
