/**
 * The proxy's view of itself: the rows of {@code sqlmem.*} and the functions that act on the cache.
 */
@NullMarked
package dev.sqlmem.admin;

import org.jspecify.annotations.NullMarked;
