/**
 * The messages of the frontend/backend protocol, versions 3.0 and 3.2: one record per message that
 * the proxy itself reads or writes, named exactly as in the PostgreSQL manual's chapter "Message Formats". What
 * comes with every statement is read in place instead, by the {@code …View} of its message: one decoder for each.
 *
 * <p>A message writes itself whole ({@code encode}: tag, length, body) and reads itself from a body
 * ({@code decode}: what follows the length), which it must consume to the last byte; anything else is a
 * {@link dev.sqlmem.wire.message.ProtocolException}. The body's buffer stays with the caller. Values of
 * rows and parameters and COPY data are slices of it and share its life; everything else is copied. OIDs
 * are unsigned and travel in an {@code int}. Strings keep even bytes that aren't UTF-8 ({@link
 * dev.sqlmem.wire.message.WireString}), so that decoding and encoding again gives the same frame, with the
 * one exception of names repeated within a start-up packet or an error.
 */
@NullMarked
package dev.sqlmem.wire.message;

import org.jspecify.annotations.NullMarked;
