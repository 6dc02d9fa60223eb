/**
 * The tables in memory: loads them, hands them out, lets them go.
 *
 * <p>{@link dev.sqlmem.cache.TableCache} knows the current
 * generation of each table of one upstream database; it loads a wider one when statements ask for more
 * columns, one load per table at a time, and publishes it by swapping a reference, so that no reader
 * ever waits for a loader. A statement takes a lease on the generations it reads and gives it back after
 * its last row; a generation that has left the cache frees its memory with its last lease. {@link
 * dev.sqlmem.cache.generation.MemoryBudget} bounds the memory of all of them and evicts the least recently used.
 */
@NullMarked
package dev.sqlmem.cache;

import org.jspecify.annotations.NullMarked;
