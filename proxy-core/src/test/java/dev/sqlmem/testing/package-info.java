/**
 * What the tests share: one real PostgreSQL for the whole run, and a client that sees frames.
 *
 * <p>{@link dev.sqlmem.testing.RawClient} speaks the protocol from the manual alone and shares no
 * code with the product, so that a mistake of the product's codecs cannot hide itself. {@link
 * dev.sqlmem.testing.FrameCompare} says whether two servers gave the same answer, and {@link
 * dev.sqlmem.testing.LyingMiddleman} proves that it can say no.
 */
@NullMarked
package dev.sqlmem.testing;

import org.jspecify.annotations.NullMarked;
