/**
 * How SQLite holds the values of each type, and how such a value gets onto the wire: one codec per cacheable type,
 * the stored form in SQLite to and from the wire's text and binary formats. {@link dev.sqlmem.storage.TypeCodecs} is
 * their table.
 *
 * <p>Most values are stored in one form from which both formats are made: integers ({@link
 * dev.sqlmem.storage.IntegerCodec}), doubles ({@link dev.sqlmem.storage.RealCodec}), text or blobs ({@link
 * dev.sqlmem.storage.BytesCodec}), chosen so that SQLite compares and sorts them as PostgreSQL does. Where
 * equal values can look different, or the bytes do not sort as the values do, there is a key to compare by,
 * and the wire's bytes beside it ({@link dev.sqlmem.storage.KeyedCodec}). What cannot be compared is passed
 * on as it came ({@link dev.sqlmem.storage.OpaqueCodec}). What a user-defined type is like, enumerated for
 * instance, comes from the catalogs ({@link dev.sqlmem.storage.TypeTraits}).
 *
 * <p>Writing is exact for every stored value under the given {@link dev.sqlmem.wire.type.TextSettings}.
 * Reading accepts a strict canonical subset of what PostgreSQL accepts and throws {@link
 * dev.sqlmem.wire.type.NotExactException} for the rest, which then goes to the upstream server.
 */
@NullMarked
package dev.sqlmem.storage;

import org.jspecify.annotations.NullMarked;
