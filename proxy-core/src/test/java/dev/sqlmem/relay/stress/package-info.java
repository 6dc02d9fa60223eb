/**
 * Many clients that come and go while everything changes, and many rows through little memory.
 *
 * <p>{@code -Dsqlmem.stress.seconds=N} makes the storms last longer than a build should.
 */
@NullMarked
package dev.sqlmem.relay.stress;

import org.jspecify.annotations.NullMarked;
