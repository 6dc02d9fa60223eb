/**
 * The proxy's view of itself: the rows of {@code sqlmem.*}, the functions that act on the cache, and the
 * {@code Snapshot} that the HTTP endpoint shows. All are made of the same reports ({@code Stat}, {@code
 * TableReport}, {@code StatementReport}, …), so that the page, the metrics and the terminal tell the same
 * numbers.
 */
@NullMarked
package dev.sqlmem.admin;

import org.jspecify.annotations.NullMarked;
